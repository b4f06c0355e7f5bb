package org.modelvitals.model;

import java.util.List;
import java.util.Map;

/** What a model returns for one output. */
public sealed interface Value
    permits Tensor, Value.MapSequence, Value.TensorSequence, Value.Absent {

  /**
   * A sequence of maps, one for each row: what scikit-learn converters emit for class
   * probabilities. Keys are {@code Long} or {@code String}; a single map is a sequence of one.
   */
  record MapSequence(List<Map<Object, Double>> rows) implements Value {
    public MapSequence {
      rows = List.copyOf(rows);
    }
  }

  /** A sequence of tensors. */
  record TensorSequence(List<Tensor> tensors) implements Value {
    public TensorSequence {
      tensors = List.copyOf(tensors);
    }
  }

  /** An optional output that has no value. */
  record Absent() implements Value {}
}
