package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads tensors out of ONNX's protobuf messages ({@code onnx.proto}, message TensorProto). */
final class TensorProtos {
  private TensorProtos() {}

  static ElementType type(int onnxType) {
    return switch (onnxType) {
      case OnnxMl.TensorProto.DataType.FLOAT_VALUE -> ElementType.FLOAT32;
      case OnnxMl.TensorProto.DataType.DOUBLE_VALUE -> ElementType.FLOAT64;
      case OnnxMl.TensorProto.DataType.FLOAT16_VALUE -> ElementType.FLOAT16;
      case OnnxMl.TensorProto.DataType.BFLOAT16_VALUE -> ElementType.BFLOAT16;
      case OnnxMl.TensorProto.DataType.INT8_VALUE -> ElementType.INT8;
      case OnnxMl.TensorProto.DataType.INT16_VALUE -> ElementType.INT16;
      case OnnxMl.TensorProto.DataType.INT32_VALUE -> ElementType.INT32;
      case OnnxMl.TensorProto.DataType.INT64_VALUE -> ElementType.INT64;
      case OnnxMl.TensorProto.DataType.UINT8_VALUE -> ElementType.UINT8;
      case OnnxMl.TensorProto.DataType.UINT16_VALUE -> ElementType.UINT16;
      case OnnxMl.TensorProto.DataType.UINT32_VALUE -> ElementType.UINT32;
      case OnnxMl.TensorProto.DataType.UINT64_VALUE -> ElementType.UINT64;
      case OnnxMl.TensorProto.DataType.BOOL_VALUE -> ElementType.BOOL;
      case OnnxMl.TensorProto.DataType.STRING_VALUE -> ElementType.STRING;
      default -> ElementType.OTHER;
    };
  }

  /**
   * The tensor of a message.
   *
   * @param file where the message was read from; external data lies beside it
   */
  static Tensor read(OnnxMl.TensorProto proto, Path file) {
    ElementType type = type(proto.getDataType());
    if (type == ElementType.OTHER) {
      throw new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "%s holds the tensor '%s' of ONNX element type %d, which cannot be read here"
              .formatted(file, proto.getName(), proto.getDataType()));
    }
    long[] shape = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    try {
      Tensor tensor = Tensor.allocate(type, shape);
      Optional<ByteBuffer> raw = raw(proto, file);
      if (raw.isPresent()) {
        copy(raw.get(), tensor, proto, file);
      } else {
        fill(proto, tensor);
      }
      return tensor;
    } catch (IOException
        | ArithmeticException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      throw damaged(proto, file, e.toString());
    }
  }

  private static void copy(ByteBuffer raw, Tensor tensor, OnnxMl.TensorProto proto, Path file) {
    ByteBuffer target = tensor.bytes().duplicate();
    if (raw.remaining() != target.capacity()) {
      throw damaged(proto, file, "it has %d bytes for %s".formatted(raw.remaining(), tensor));
    }
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "raw tensors are little-endian, this machine is not");
    }
    target.put(raw);
  }

  private static void fill(OnnxMl.TensorProto proto, Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      switch (tensor.type()) {
        case FLOAT32 -> tensor.setDouble(i, proto.getFloatData(i));
        case FLOAT64 -> tensor.setDouble(i, proto.getDoubleData(i));
        case INT64 -> tensor.setLong(i, proto.getInt64Data(i));
        case UINT32, UINT64 -> tensor.setLong(i, proto.getUint64Data(i));
        case STRING -> tensor.strings()[i] = proto.getStringData(i).toStringUtf8();
        // 16-bit floats stand in int32_data as their bits.
        case FLOAT16, BFLOAT16 -> tensor.bytes().putShort(i * 2, (short) proto.getInt32Data(i));
        default -> tensor.setLong(i, proto.getInt32Data(i));
      }
    }
  }

  private static ModelException damaged(OnnxMl.TensorProto proto, Path file, String why) {
    return new ModelException(
        ModelException.Reason.INVALID_MODEL,
        "%s: the tensor '%s' is damaged: %s".formatted(file, proto.getName(), why));
  }

  /** The bytes of a tensor that keeps them raw, inside the message or in another file. */
  private static Optional<ByteBuffer> raw(OnnxMl.TensorProto proto, Path file) throws IOException {
    if (proto.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL) {
      return Optional.of(external(proto, file));
    }
    ByteString bytes = proto.getRawData();
    return proto.hasRawData()
        ? Optional.of(bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN))
        : Optional.empty();
  }

  private static ByteBuffer external(OnnxMl.TensorProto proto, Path file) throws IOException {
    Map<String, String> entries =
        proto.getExternalDataList().stream()
            .collect(
                Collectors.toMap(
                    OnnxMl.StringStringEntryProto::getKey,
                    OnnxMl.StringStringEntryProto::getValue,
                    (first, second) -> second));
    Path path = file.toAbsolutePath().resolveSibling(entries.getOrDefault("location", ""));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
      long length =
          entries.containsKey("length")
              ? Long.parseLong(entries.get("length"))
              : channel.size() - offset;
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** How many elements of a floating-point tensor are NaN or infinite; 0 if they cannot be read. */
  static long countNonFinite(OnnxMl.TensorProto proto, Path file) {
    ElementType type = type(proto.getDataType());
    if (!type.isFloating()) {
      return 0;
    }
    try {
      Optional<ByteBuffer> raw = raw(proto, file);
      if (raw.isEmpty()) {
        return nonFinite(proto.getFloatDataList())
            + proto.getDoubleDataList().stream().filter(v -> !Double.isFinite(v)).count()
            + (type == ElementType.FLOAT16 || type == ElementType.BFLOAT16
                ? proto.getInt32DataList().stream()
                    .filter(bits -> isNonFinite16(bits.shortValue(), type))
                    .count()
                : 0);
      }
      return nonFinite(raw.get(), type);
    } catch (IOException | RuntimeException e) {
      return 0; // what cannot be read is reported as missing external data, or refused at loading
    }
  }

  private static long nonFinite(List<Float> values) {
    return values.stream().filter(value -> !Float.isFinite(value)).count();
  }

  private static long nonFinite(ByteBuffer raw, ElementType type) {
    long count = 0;
    int bytes = type.bytes();
    for (int at = raw.position(); at + bytes <= raw.limit(); at += bytes) {
      boolean bad =
          switch (type) {
            case FLOAT32 -> !Float.isFinite(raw.getFloat(at));
            case FLOAT64 -> !Double.isFinite(raw.getDouble(at));
            default -> isNonFinite16(raw.getShort(at), type);
          };
      count += bad ? 1 : 0;
    }
    return count;
  }

  private static boolean isNonFinite16(short bits, ElementType type) {
    int exponent = type == ElementType.FLOAT16 ? 0x7c00 : 0x7f80;
    return (bits & exponent) == exponent;
  }
}
