package org.modelvitals.checks.budget;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Tensor;

/**
 * What a process that measures is asked to do, and the inputs, as bytes in a file.
 *
 * @param feedback the inputs that take in each call what an output was in the one before, and the
 *     names of these outputs
 * @param calls how many are asked for
 * @param seconds after which the process is ended
 */
record ChildRequest(
    String model,
    DeviceSpec device,
    SessionSpec session,
    Map<String, String> feedback,
    long calls,
    double seconds) {

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(model);
    out.writeUTF(device.name().name());
    out.writeInt(device.index());
    out.writeBoolean(device.required());
    write(out, device.options());
    writeNumber(out, session.threads());
    writeNumber(out, session.interOpThreads());
    out.writeUTF(session.optimization().name());
    out.writeUTF(session.execution().name());
    out.writeBoolean(session.deterministic());
    Map<String, String> dimensions = new LinkedHashMap<>();
    session.dimensions().forEach((name, size) -> dimensions.put(name, size.toString()));
    write(out, dimensions);
    write(out, session.config());
    write(out, feedback);
    out.writeLong(calls);
    out.writeDouble(seconds);
  }

  static ChildRequest read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return read(in);
    }
  }

  static ChildRequest read(DataInputStream in) throws IOException {
    String model = in.readUTF();
    DeviceSpec device =
        new DeviceSpec(Device.valueOf(in.readUTF()), in.readInt(), in.readBoolean(), readMap(in));
    Integer threads = readNumber(in);
    Integer interOpThreads = readNumber(in);
    SessionSpec.Optimization optimization = SessionSpec.Optimization.valueOf(in.readUTF());
    SessionSpec.Execution execution = SessionSpec.Execution.valueOf(in.readUTF());
    boolean deterministic = in.readBoolean();
    Map<String, Long> dimensions = new LinkedHashMap<>();
    readMap(in).forEach((name, size) -> dimensions.put(name, Long.valueOf(size)));
    SessionSpec session =
        new SessionSpec(
            threads,
            interOpThreads,
            optimization,
            execution,
            deterministic,
            dimensions,
            readMap(in));
    return new ChildRequest(model, device, session, readMap(in), in.readLong(), in.readDouble());
  }

  static void writeTensors(DataOutputStream out, Map<String, Tensor> tensors) throws IOException {
    out.writeInt(tensors.size());
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeUTF(tensor.type().name());
      out.writeInt(tensor.rank());
      for (long dim : tensor.shape()) {
        out.writeLong(dim);
      }
      if (tensor.type() == ElementType.STRING) {
        for (String text : tensor.strings()) {
          out.writeUTF(text);
        }
      } else {
        byte[] bytes = new byte[tensor.bytes().capacity()];
        tensor.bytes().duplicate().clear().get(bytes);
        out.write(bytes);
      }
    }
  }

  static Map<String, Tensor> readTensors(DataInputStream in) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      ElementType type = ElementType.valueOf(in.readUTF());
      long[] shape = new long[in.readInt()];
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] = in.readLong();
      }
      Tensor tensor = Tensor.allocate(type, shape);
      if (type == ElementType.STRING) {
        for (int j = 0; j < tensor.size(); j++) {
          tensor.strings()[j] = in.readUTF();
        }
      } else {
        tensor.bytes().duplicate().clear().put(in.readNBytes(tensor.bytes().capacity()));
      }
      tensors.put(name, tensor);
    }
    return tensors;
  }

  private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      map.put(in.readUTF(), in.readUTF());
    }
    return map;
  }

  private static void writeNumber(DataOutputStream out, @Nullable Integer number)
      throws IOException {
    out.writeInt(number == null ? Integer.MIN_VALUE : number);
  }

  private static @Nullable Integer readNumber(DataInputStream in) throws IOException {
    int number = in.readInt();
    return number == Integer.MIN_VALUE ? null : number;
  }
}
