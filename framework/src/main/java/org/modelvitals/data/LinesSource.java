package org.modelvitals.data;

import java.io.BufferedReader;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows of a file of plain text in UTF-8, in the column {@code text}: one a line, blank lines passed
 * over, or the whole file as one row.
 */
final class LinesSource implements RowSource {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final String name;
  private final boolean whole;
  private final BufferedReader reader;
  private final ColumnNames columns = ColumnNames.of(List.of("text"));
  private long line;

  LinesSource(Path file, String name, boolean whole) {
    this.file = file;
    this.name = name;
    this.whole = whole;
    InputStream in = DataFiles.open(file, name);
    // A decoder of its own: the usual one replaces what is no UTF-8 and says nothing.
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnNames columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    try {
      return whole ? document(row) : line(row);
    } catch (CharacterCodingException | CharConversionException e) {
      throw new DataException(
          "%s:%d: these bytes are no UTF-8; save the file in that encoding"
              .formatted(name, DataFiles.firstLineNotUtf8(file, name)),
          e);
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
  }

  private boolean line(Row row) throws IOException {
    String text = reader.readLine();
    for (line++; text != null && text.isBlank(); line++) {
      text = reader.readLine();
    }
    if (text == null) {
      return false;
    }
    row.begin(line);
    row.cell(0).set(line == 1 ? withoutMark(text) : text);
    return true;
  }

  private boolean document(Row row) throws IOException {
    if (line > 0) {
      return false;
    }
    line = 1;
    StringBuilder text = new StringBuilder();
    char[] part = new char[1 << 13];
    for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
      text.append(part, 0, read);
    }
    if (text.toString().isBlank()) {
      return false;
    }
    row.begin(line);
    row.cell(0).set(withoutMark(text.toString()));
    return true;
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  @Override
  public void close() {
    DataFiles.close(reader, name);
  }
}
