package org.modelvitals.data;

import java.util.List;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Takes the values of a row as parquet-java hands them out, and puts them into the row's cells. */
final class ParquetRows extends RecordMaterializer<Row> {
  private final ParquetGroup root;
  private final int[] places;
  private Row row = new Row();

  /**
   * @param schema the columns that are read
   * @param columns all columns
   */
  ParquetRows(MessageType schema, ColumnNames columns) {
    root = new ParquetGroup(schema, () -> {});
    places =
        schema.getFields().stream()
            .mapToInt(field -> columns.require(field.getName(), schema.getName()))
            .toArray();
  }

  /** Puts the next row into the cells of {@code newRow}. */
  void into(Row newRow) {
    row = newRow;
    List<ParquetSlot> slots = root.slots();
    for (int i = 0; i < places.length; i++) {
      slots.get(i).to(newRow.cell(places[i]));
    }
  }

  @Override
  public Row getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
