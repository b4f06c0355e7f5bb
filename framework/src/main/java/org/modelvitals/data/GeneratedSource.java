package org.modelvitals.data;

/** Rows without columns, for inputs that are all generated. */
final class GeneratedSource implements RowSource {
  private final long rows;
  private final ColumnNames columns = new ColumnNames();
  private long next;

  GeneratedSource(long rows) {
    this.rows = rows;
  }

  @Override
  public String name() {
    return "generated data";
  }

  @Override
  public ColumnNames columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    if (next == rows) {
      return false;
    }
    next++;
    row.begin(next);
    return true;
  }

  @Override
  public String where(String dataset, long position) {
    return "row " + position;
  }

  @Override
  public long totalRows() {
    return rows == Long.MAX_VALUE ? -1 : rows;
  }

  @Override
  public void close() {}
}
