package org.modelvitals.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** The rows of a source as batches. */
final class RowFeed implements Feed {
  private final RowSource source;
  private final TextTokens texts;
  private final Supplier<List<InputFiller>> moreFillers;
  private final Map<String, Long> dimensions;
  private final int batch;
  private final boolean exact;
  private final long limit;
  private final Perturber perturber;

  /** The memory of the batches that are in use, which they take in turn. */
  private final List<Slot> slots = new ArrayList<>();

  private boolean ahead = true;
  private int turn;
  private long read;

  /**
   * The memory of one batch.
   *
   * @param rows for {@link Batch#value}
   */
  private record Slot(List<InputFiller> fillers, List<Row> rows) {}

  /**
   * @param first the source's first row, read already
   * @param moreFillers as many, and of the same kind, for another batch
   * @param exact whether the model takes no batch of another size
   * @param perturber changes rows before they are fed, and inputs after
   */
  RowFeed(
      RowSource source,
      TextTokens texts,
      Row first,
      List<InputFiller> fillers,
      Supplier<List<InputFiller>> moreFillers,
      Map<String, Long> dimensions,
      int batch,
      boolean exact,
      long limit,
      Perturber perturber) {
    this.source = source;
    this.texts = texts;
    this.moreFillers = moreFillers;
    this.dimensions = dimensions;
    this.batch = batch;
    this.exact = exact;
    this.limit = limit;
    this.perturber = perturber;
    slots.add(new Slot(fillers, new ArrayList<>(List.of(first))));
  }

  @Override
  public int hold(int batches) {
    if (slots.get(0).fillers().stream().anyMatch(FeedbackFiller.class::isInstance)) {
      return 1;
    }
    while (slots.size() < batches) {
      slots.add(new Slot(moreFillers.get(), new ArrayList<>()));
    }
    return slots.size();
  }

  @Override
  public Optional<Batch> next() {
    Slot slot = slots.get(turn);
    turn = (turn + 1) % slots.size();
    long firstRow = read;
    int count = read(slot);
    if (count == 0) {
      return Optional.empty();
    }
    if (exact && count < batch) {
      throw leftOver(count);
    }
    Map<String, Tensor> inputs = inputs(slot.fillers(), firstRow, count);
    return Optional.of(new RowBatch(source, slot.rows(), firstRow, count, inputs));
  }

  private DataException leftOver(int count) {
    String takes = "%s: the model takes %d rows in every call".formatted(source.name(), batch);
    return new DataException(
        read == count
            ? "%s, and %s; at least %d are needed"
                .formatted(takes, count == 1 ? "there is only 1" : "there are only " + count, batch)
            : "%s, and of %d rows %d are left over; set limit: %d"
                .formatted(takes, read, count, read - count));
  }

  private int read(Slot slot) {
    for (InputFiller filler : slot.fillers()) {
      if (filler instanceof InputFiller.OfRows ofRows) {
        ofRows.begin(batch);
      }
    }
    int count = 0;
    while (count < batch && read < limit && readInto(slot.rows(), count)) {
      Row row = slot.rows().get(count);
      perturber.change(row, read);
      for (InputFiller filler : slot.fillers()) {
        if (filler instanceof InputFiller.OfRows ofRows) {
          ofRows.add(row);
        }
      }
      count++;
      read++;
    }
    return count;
  }

  private boolean readInto(List<Row> rows, int place) {
    if (ahead) {
      ahead = false;
      return true;
    }
    if (rows.size() == place) {
      rows.add(new Row());
    }
    return source.next(rows.get(place));
  }

  private Map<String, Tensor> inputs(List<InputFiller> fillers, long firstRow, int count) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Map<String, Long> sizes = new HashMap<>(dimensions);
    // First those that take their sizes from the rows: the others follow.
    for (InputFiller filler : fillers) {
      if (filler instanceof InputFiller.OfRows) {
        Axes axes = filler.axes();
        Tensor tensor = filler.finish(firstRow, count, sizes);
        inputs.put(axes.input().name(), tensor);
        learn(axes, tensor, sizes);
      }
    }
    for (InputFiller filler : fillers) {
      if (!(filler instanceof InputFiller.OfRows)) {
        inputs.put(filler.axes().input().name(), filler.finish(firstRow, count, sizes));
      }
    }
    perturber.change(inputs, firstRow, count);
    return inputs;
  }

  private static void learn(Axes axes, Tensor tensor, Map<String, Long> sizes) {
    for (int axis = 0; axis < axes.rank(); axis++) {
      String name = axes.name(axis);
      if (name != null) {
        sizes.putIfAbsent(name, tensor.dim(axis));
      }
    }
  }

  @Override
  public void feedback(Map<String, Value> outputs) {
    slots.get(0).fillers().forEach(filler -> filler.feedback(outputs));
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public long totalRows() {
    long total = source.totalRows();
    return total < 0 ? -1 : Math.min(total, limit);
  }

  @Override
  public void close() {
    slots.forEach(slot -> slot.fillers().forEach(InputFiller::close));
    texts.close();
    source.close();
  }

  private record RowBatch(
      RowSource source, List<Row> all, long firstRow, int rows, Map<String, Tensor> inputs)
      implements Batch {

    @Override
    public long index(int row) {
      return firstRow + java.util.Objects.checkIndex(row, rows);
    }

    @Override
    public long print(int row) {
      return row(row).print();
    }

    @Override
    public String where(int row) {
      return source.where(DataFiles.fileName(source.name()), row(row).position());
    }

    @Override
    public @Nullable Object value(int row, String column) {
      return row(row).cell(source.columns().require(column, source.name())).toObject();
    }

    private Row row(int row) {
      return all.get(java.util.Objects.checkIndex(row, rows));
    }
  }
}
