package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
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
    if (proto.getDataType() == OnnxMl.TensorProto.DataType.UNDEFINED_VALUE) {
      throw damaged(proto, file, "it has no element type");
    }
    if (type == ElementType.OTHER) {
      throw new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "%s holds the tensor '%s' of ONNX element type %d, which cannot be read here"
              .formatted(file, proto.getName(), proto.getDataType()));
    }
    long[] shape = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    try {
      Optional<ByteBuffer> raw = raw(proto, file);
      // Before memory is allocated for a shape that may be damaged.
      requireAsManyAs(size(shape), type, raw, proto, file);
      Tensor tensor = Tensor.allocate(type, shape);
      if (raw.isPresent()) {
        copy(raw.get(), tensor);
      } else {
        fill(proto, tensor);
      }
      return tensor;
    } catch (IOException e) {
      throw damaged(proto, file, "its external data cannot be read from " + e.getMessage());
    } catch (ArithmeticException e) {
      throw damaged(proto, file, "its shape %s is too large".formatted(Arrays.toString(shape)));
    } catch (IllegalArgumentException e) {
      throw damaged(proto, file, Objects.requireNonNullElse(e.getMessage(), "it is malformed"));
    }
  }

  private static long size(long[] shape) {
    long size = 1;
    for (long dim : shape) {
      if (dim < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, dim);
    }
    return size;
  }

  private static void requireAsManyAs(
      long size, ElementType type, Optional<ByteBuffer> raw, OnnxMl.TensorProto proto, Path file) {
    String of = "%s%s".formatted(type, proto.getDimsList());
    if (raw.isPresent()) {
      if (type == ElementType.STRING) {
        throw damaged(proto, file, "it has raw bytes for " + of);
      }
      if (raw.get().remaining() != Math.multiplyExact(size, type.bytes())) {
        throw damaged(proto, file, "it has %d bytes for %s".formatted(raw.get().remaining(), of));
      }
    } else if (elements(proto, type) < size) {
      throw damaged(proto, file, "it has %d elements for %s".formatted(elements(proto, type), of));
    }
  }

  private static int elements(OnnxMl.TensorProto proto, ElementType type) {
    return switch (type) {
      case FLOAT32 -> proto.getFloatDataCount();
      case FLOAT64 -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case UINT32, UINT64 -> proto.getUint64DataCount();
      case STRING -> proto.getStringDataCount();
      default -> proto.getInt32DataCount();
    };
  }

  private static void copy(ByteBuffer raw, Tensor tensor) {
    ByteBuffer target = tensor.bytes().duplicate();
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

  /**
   * How many elements of a floating-point tensor are NaN or infinite; 0 if they cannot be read. A
   * single infinity (a bound, a fill value) and a mask of zeros and negative infinities are
   * constants that people mean, and not counted.
   */
  static long countNonFinite(OnnxMl.TensorProto proto, Path file) {
    ElementType type = type(proto.getDataType());
    if (!type.isFloating()) {
      return 0;
    }
    NonFinite found = new NonFinite();
    try {
      Optional<ByteBuffer> raw = raw(proto, file);
      if (raw.isPresent()) {
        found.add(raw.get(), type);
      } else {
        proto.getFloatDataList().forEach(value -> found.add((double) value));
        proto.getDoubleDataList().forEach(found::add);
        // 16-bit floats stand in int32_data as their bits.
        proto.getInt32DataList().forEach(bits -> found.add(half(bits.shortValue(), type)));
      }
    } catch (IOException | RuntimeException e) {
      return 0; // what cannot be read is reported as missing external data, or refused at loading
    }
    return found.count();
  }

  private static double half(short bits, ElementType type) {
    return type == ElementType.FLOAT16
        ? HalfPrecision.float16ToFloat(bits)
        : HalfPrecision.bfloat16ToFloat(bits);
  }

  /** Counts what is not finite. */
  private static final class NonFinite {
    private long elements;
    private long zeros;
    private long nan;
    private long positive;
    private long negative;

    private void add(ByteBuffer raw, ElementType type) {
      int bytes = type.bytes();
      for (int at = raw.position(); at + bytes <= raw.limit(); at += bytes) {
        add(
            switch (type) {
              case FLOAT32 -> raw.getFloat(at);
              case FLOAT64 -> raw.getDouble(at);
              default -> half(raw.getShort(at), type);
            });
      }
    }

    private void add(double value) {
      elements++;
      zeros += value == 0 ? 1 : 0;
      nan += Double.isNaN(value) ? 1 : 0;
      positive += value == Double.POSITIVE_INFINITY ? 1 : 0;
      negative += value == Double.NEGATIVE_INFINITY ? 1 : 0;
    }

    private long count() {
      boolean meant = nan == 0 && (elements == 1 || negative + zeros == elements);
      return meant ? 0 : nan + positive + negative;
    }
  }
}
