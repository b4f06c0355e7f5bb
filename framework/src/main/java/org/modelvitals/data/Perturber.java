package org.modelvitals.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Tensor;

/** Makes the declared changes: first those of columns, in the row, then those of inputs. */
final class Perturber {
  /** Rows whose values are given to others. */
  private static final int DONORS = 1 << 16;

  private final List<OfColumns> ofColumns;
  private final List<ImageChange> ofInputs;
  private final long seed;

  /** The change of one step, and where the columns stand in a row. */
  private record OfColumns(
      Perturbation step,
      List<Integer> columns,
      List<String> names,
      List<@Nullable Object[]> donors,
      RowSource source) {}

  private Perturber(List<OfColumns> ofColumns, List<ImageChange> ofInputs, long seed) {
    this.ofColumns = ofColumns;
    this.ofInputs = ofInputs;
    this.seed = seed;
  }

  /**
   * @param again opens the dataset once more, for values of other rows
   * @throws DataException if there is no such column
   */
  static Perturber of(Perturbations perturbations, RowSource source, Supplier<RowSource> again) {
    List<OfColumns> ofColumns = new ArrayList<>();
    List<ImageChange> ofInputs = new ArrayList<>();
    for (Perturbation step : perturbations.steps()) {
      if (step.columns().isEmpty()) {
        ofInputs.add(new ImageChange(step));
        continue;
      }
      List<Integer> columns =
          step.columns().stream()
              .map(column -> source.columns().require(column, source.name()))
              .toList();
      List<@Nullable Object[]> donors =
          step instanceof Perturbation.Permute ? donors(again.get(), columns) : List.of();
      ofColumns.add(new OfColumns(step, columns, step.columns(), donors, source));
    }
    return new Perturber(
        ofColumns, ofInputs, new SplittableRandom(perturbations.seed()).nextLong());
  }

  private static List<@Nullable Object[]> donors(RowSource source, List<Integer> columns) {
    List<@Nullable Object[]> donors = new ArrayList<>();
    try (source) {
      Row row = new Row();
      while (donors.size() < DONORS && source.next(row)) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
          values[i] = row.cell(columns.get(i)).toObject();
        }
        donors.add(values);
      }
    }
    return donors;
  }

  /**
   * Changes the columns of a row.
   *
   * @param index its place in the dataset
   */
  void change(Row row, long index) {
    for (int i = 0; i < ofColumns.size(); i++) {
      OfColumns change = ofColumns.get(i);
      SplittableRandom random = random(index, i);
      @Nullable Object[] donor =
          change.donors.isEmpty() ? null : change.donors.get(random.nextInt(change.donors.size()));
      for (int c = 0; c < change.columns.size(); c++) {
        try {
          CellChange.apply(
              change.step,
              row.cell(change.columns.get(c)),
              random,
              donor == null ? null : donor[c]);
        } catch (Misfit e) {
          throw new DataException(
              "%s: column '%s' holds %s"
                  .formatted(
                      change.source.where(change.source.name(), row.position()),
                      change.names.get(c),
                      e.getMessage()));
        }
      }
    }
  }

  /** Changes the inputs of a batch. */
  void change(Map<String, Tensor> inputs, long firstRow, int rows) {
    for (int i = 0; i < ofInputs.size(); i++) {
      int step = ofColumns.size() + i;
      ImageChange change = ofInputs.get(i);
      String name = change.input(inputs, rows);
      // A filler may feed the same tensor again.
      Tensor tensor = copy(Objects.requireNonNull(inputs.get(name)));
      inputs.put(name, tensor);
      Map<Integer, SplittableRandom> randoms = new HashMap<>();
      change.apply(
          tensor, rows, row -> randoms.computeIfAbsent(row, key -> random(firstRow + key, step)));
    }
  }

  private static Tensor copy(Tensor tensor) {
    Tensor copy = Tensor.allocate(tensor.type(), tensor.shape());
    copy.bytes().duplicate().put(tensor.bytes().duplicate());
    return copy;
  }

  private SplittableRandom random(long row, int step) {
    // Mixed twice, so that neighbouring rows begin streams of their own.
    return new SplittableRandom(new SplittableRandom(seed + row * 1021 + step).nextLong());
  }
}
