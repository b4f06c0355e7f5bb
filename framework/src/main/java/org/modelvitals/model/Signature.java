package org.modelvitals.model;

import java.util.List;
import java.util.Optional;

/**
 * What a model takes and gives, in the order of the graph.
 *
 * @param inputs inputs that must be fed
 * @param overridable initializers that may be fed
 */
public record Signature(
    List<ValueInfo> inputs, List<ValueInfo> overridable, List<ValueInfo> outputs) {
  public Signature {
    inputs = List.copyOf(inputs);
    overridable = List.copyOf(overridable);
    outputs = List.copyOf(outputs);
  }

  /** The input or overridable initializer of this name. */
  public Optional<ValueInfo> input(String name) {
    return java.util.stream.Stream.concat(inputs.stream(), overridable.stream())
        .filter(info -> info.name().equals(name))
        .findFirst();
  }

  public Optional<ValueInfo> output(String name) {
    return outputs.stream().filter(info -> info.name().equals(name)).findFirst();
  }
}
