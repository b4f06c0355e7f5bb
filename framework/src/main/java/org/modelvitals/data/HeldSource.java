package org.modelvitals.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.modelvitals.model.ValueInfo;

/** Rows that are all in memory, so that their number is known and their order is free. */
final class HeldSource implements RowSource {
  private final RowSource source;
  private final List<Row> rows = new ArrayList<>();
  private int next;

  /**
   * Reads the rows.
   *
   * @param limit the number of rows after which reading stops
   */
  HeldSource(RowSource source, long limit) {
    this.source = source;
    Row row = new Row();
    while (rows.size() < limit && source.next(row)) {
      rows.add(row);
      row = new Row();
    }
  }

  /** Puts the rows into a random order (Fisher and Yates; Durstenfeld 1964). */
  HeldSource shuffled(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = rows.size() - 1; i > 0; i--) {
      Collections.swap(rows, i, random.nextInt(i + 1));
    }
    return this;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public ColumnNames columns() {
    return source.columns();
  }

  @Override
  public boolean hasFixedColumns() {
    return source.hasFixedColumns();
  }

  @Override
  public boolean next(Row row) {
    if (next == rows.size()) {
      return false;
    }
    row.become(rows.get(next++));
    return true;
  }

  @Override
  public String where(String dataset, long position) {
    return source.where(dataset, position);
  }

  @Override
  public long totalRows() {
    return rows.size();
  }

  @Override
  public boolean wholeTensors() {
    return source.wholeTensors();
  }

  @Override
  public Optional<String> refusal(ValueInfo input) {
    return source.refusal(input);
  }

  @Override
  public void close() {
    source.close();
  }
}
