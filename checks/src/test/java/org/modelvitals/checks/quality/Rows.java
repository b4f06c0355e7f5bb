package org.modelvitals.checks.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataException;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.probe.Accumulator;

/** Labelled rows with what a model says of them, without a model or a file. */
record Rows(List<?> labels, List<String> groups, List<double[]> outputs) {

  static Rows of(List<?> labels, double[]... outputs) {
    return new Rows(labels, labels.stream().map(label -> "all").toList(), List.of(outputs));
  }

  int size() {
    return labels.size();
  }

  /** Adds the rows from {@code from} up to {@code to} as one batch. */
  <A extends Accumulator<A>> A feed(A accumulator, int from, int to) {
    if (from < to) {
      accumulator.add(batch(from, to), Map.of("output", tensor(from, to)));
    }
    return accumulator;
  }

  <A extends Accumulator<A>> A feed(A accumulator) {
    return feed(accumulator, 0, size());
  }

  private Tensor tensor(int from, int to) {
    int width = outputs.get(from).length;
    Tensor tensor = Tensor.allocate(ElementType.FLOAT32, to - from, width);
    for (int i = from; i < to; i++) {
      for (int j = 0; j < width; j++) {
        tensor.setDouble((i - from) * width + j, outputs.get(i)[j]);
      }
    }
    return tensor;
  }

  Batch batch(int from, int to) {
    return new Batch() {
      @Override
      public Map<String, Tensor> inputs() {
        return Map.of();
      }

      @Override
      public int rows() {
        return to - from;
      }

      @Override
      public long index(int row) {
        return (long) from + row;
      }

      @Override
      public String where(int row) {
        return "rows.csv:" + (from + row + 2);
      }

      @Override
      public @Nullable Object value(int row, String column) {
        return switch (column) {
          case "label" -> labels.get(from + row);
          case "group" -> groups.get(from + row);
          default -> throw new DataException("no column " + column);
        };
      }
    };
  }

  @Override
  public String toString() {
    return labels + " " + groups + " " + outputs.stream().map(Arrays::toString).toList();
  }
}
