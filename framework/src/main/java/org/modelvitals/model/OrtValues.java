package org.modelvitals.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of the runtime as values of ours, and back. */
final class OrtValues {
  private OrtValues() {}

  /** A tensor of the runtime over the memory of ours, without a copy (strings are copied). */
  static OnnxTensor write(Tensor tensor) throws OrtException {
    long[] shape = tensor.shape();
    if (tensor.type() == ElementType.STRING) {
      return OnnxTensor.createTensor(Ort.environment(), tensor.strings(), shape);
    }
    return over(tensor.type(), tensor.bytes().duplicate().clear(), shape);
  }

  /** A tensor of the runtime over memory of ours, from the buffer's position to its limit. */
  static OnnxTensor over(ElementType type, ByteBuffer memory, long[] shape) throws OrtException {
    OrtEnvironment environment = Ort.environment();
    ByteBuffer bytes = memory.order(ByteOrder.nativeOrder());
    return switch (type) {
      case FLOAT32 -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
      case FLOAT64 -> OnnxTensor.createTensor(environment, bytes.asDoubleBuffer(), shape);
      case INT64 -> OnnxTensor.createTensor(environment, bytes.asLongBuffer(), shape);
      case INT32 -> OnnxTensor.createTensor(environment, bytes.asIntBuffer(), shape);
      case INT16 -> OnnxTensor.createTensor(environment, bytes.asShortBuffer(), shape);
      case INT8 -> OnnxTensor.createTensor(environment, bytes, shape);
      case UINT8 -> OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
      case BOOL -> OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.BOOL);
      case FLOAT16 ->
          OnnxTensor.createTensor(environment, bytes.asShortBuffer(), shape, OnnxJavaType.FLOAT16);
      case BFLOAT16 ->
          OnnxTensor.createTensor(environment, bytes.asShortBuffer(), shape, OnnxJavaType.BFLOAT16);
      default ->
          throw new ModelException(
              ModelException.Reason.NOT_IMPLEMENTED,
              "ONNX Runtime's Java binding cannot be fed tensors of " + type);
    };
  }

  static Map<String, Value> read(OrtSession.Result result, Path path) throws OrtException {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Map.Entry<String, OnnxValue> entry : result) {
      values.put(entry.getKey(), read(entry.getValue(), path));
    }
    return values;
  }

  /** Whether the binding can write such a tensor into memory of ours. */
  static boolean isWritable(ElementType type) {
    return switch (type) {
      case STRING, UINT16, UINT32, UINT64, OTHER -> false;
      default -> true;
    };
  }

  static Value read(@Nullable OnnxValue value, Path path) throws OrtException {
    if (value == null) {
      return new Value.Absent();
    }
    if (value instanceof OnnxTensor tensor) {
      return tensor(tensor, path);
    }
    if (value instanceof OnnxMap map) {
      return new Value.MapSequence(List.of(map(map)));
    }
    if (value instanceof OnnxSequence sequence) {
      return sequence(sequence, path);
    }
    throw new ModelException(
        ModelException.Reason.NOT_IMPLEMENTED,
        "%s returns a %s, which cannot be read here".formatted(path, value.getType()));
  }

  private static Value sequence(OnnxSequence sequence, Path path) throws OrtException {
    List<Map<Object, Double>> maps = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (OnnxValue element : sequence.getValue()) {
      try (element) {
        if (element instanceof OnnxMap map) {
          maps.add(map(map));
        } else if (element instanceof OnnxTensor tensor) {
          tensors.add(tensor(tensor, path));
        }
      }
    }
    return maps.isEmpty() ? new Value.TensorSequence(tensors) : new Value.MapSequence(maps);
  }

  private static Map<Object, Double> map(OnnxMap map) throws OrtException {
    Map<Object, Double> converted = new LinkedHashMap<>();
    map.getValue()
        .forEach(
            (key, value) ->
                converted.put(key, value instanceof Number n ? n.doubleValue() : Double.NaN));
    return converted;
  }

  private static Tensor tensor(OnnxTensor tensor, Path path) throws OrtException {
    TensorInfo info = tensor.getInfo();
    ElementType type = type(info);
    long[] shape = info.getShape();
    if (type == ElementType.OTHER) {
      throw new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "%s returns a tensor of %s, which ONNX Runtime's Java binding cannot read"
              .formatted(path, info.onnxType));
    }
    if (type == ElementType.STRING) {
      Object array = tensor.getValue();
      String[] flat =
          array instanceof String one
              ? new String[] {one}
              : java.util.Arrays.stream(OrtUtil.flattenString((Object[]) array))
                  .toArray(String[]::new);
      return Tensor.ofStrings(flat, shape);
    }
    Tensor copy = Tensor.allocate(type, shape);
    ByteBuffer source = tensor.getByteBuffer();
    if (source != null) {
      copy.bytes().duplicate().put(source);
    }
    return copy;
  }

  static ElementType type(TensorInfo info) {
    return switch (info.onnxType) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> ElementType.FLOAT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> ElementType.FLOAT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> ElementType.FLOAT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> ElementType.BFLOAT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> ElementType.INT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> ElementType.INT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> ElementType.INT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> ElementType.INT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> ElementType.UINT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> ElementType.UINT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> ElementType.UINT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> ElementType.UINT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> ElementType.BOOL;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> ElementType.STRING;
      default -> ElementType.OTHER;
    };
  }
}
