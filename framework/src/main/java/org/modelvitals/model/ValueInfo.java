package org.modelvitals.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The declared type of an input or output.
 *
 * @param kind whether it is a tensor, or a structure around tensors
 * @param type the element type; for sequences and maps, that of the values
 * @param shape the dimensions of a tensor; empty for scalars and for structures
 * @param description the type in words: {@code float32[batch, 10]}, {@code
 *     seq(map(int64,tensor(float)))}
 */
public record ValueInfo(
    String name, Kind kind, ElementType type, List<Dim> shape, String description) {

  public ValueInfo {
    shape = List.copyOf(shape);
  }

  public static ValueInfo tensor(String name, ElementType type, List<Dim> shape) {
    String dims = shape.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    return new ValueInfo(name, Kind.TENSOR, type, shape, type + dims);
  }

  public boolean isTensor() {
    return kind == Kind.TENSOR;
  }

  @Override
  public String toString() {
    return name + ": " + description;
  }

  /** The structures of the ONNX type system. */
  public enum Kind {
    TENSOR,
    SEQUENCE,
    MAP,
    OPTIONAL,
    SPARSE
  }
}
