package org.modelvitals.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Rows of JSON Lines, or of one JSON document: an array of objects or of arrays is an array of
 * rows, anything else is a single row. An object's columns are its fields; an array's are called
 * {@code 0}, {@code 1}, and so on.
 */
final class JsonSource implements RowSource {
  private final String name;
  private final Set<String> ignored;
  private final JsonParser parser;
  private final ColumnNames columns = new ColumnNames();
  private final boolean lines;
  private boolean begun;

  /** What the first row was, in words. */
  private @Nullable String form;

  /** Inside the array that holds the rows. */
  private boolean inArray;

  JsonSource(Path file, String name, boolean lines, List<String> ignored) {
    this.name = name;
    this.lines = lines;
    this.ignored = Set.copyOf(ignored);
    InputStream in = DataFiles.open(file, name);
    try {
      parser = JsonCells.MAPPER.createParser(in);
    } catch (JacksonException e) {
      throw malformed(e);
    }
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
  public boolean hasFixedColumns() {
    return false;
  }

  @Override
  public boolean next(Row row) {
    try {
      return read(row);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private boolean read(Row row) {
    JsonToken token = parser.nextToken();
    boolean first = !begun;
    begun = true;
    if (first && !lines && token == JsonToken.START_ARRAY) {
      long line = line();
      token = parser.nextToken();
      inArray = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
      if (!inArray && token != JsonToken.END_ARRAY) {
        row.begin(line);
        elements(row, token);
        return true;
      }
    }
    if (inArray && token == JsonToken.END_ARRAY) {
      inArray = false;
      token = parser.nextToken();
    }
    if (token == null || token == JsonToken.END_ARRAY) {
      return false;
    }
    row.begin(line());
    requireSameForm(token);
    switch (token) {
      case START_OBJECT -> fields(row);
      case START_ARRAY -> elements(row, parser.nextToken());
      default -> {
        columns.add("0", 0);
        JsonCells.read(parser, token, row.cell(0));
      }
    }
    return true;
  }

  /** Rows are objects, arrays or single values: a file keeps to one of them. */
  private void requireSameForm(JsonToken token) {
    if (token == JsonToken.VALUE_NULL) {
      throw new DataException(
          "%s:%d: the row is null; expected an object with the columns".formatted(name, line()));
    }
    String found =
        token == JsonToken.START_OBJECT
            ? "an object"
            : token == JsonToken.START_ARRAY ? "an array" : "a single value";
    if (form != null && !found.equals(form)) {
      throw new DataException(
          "%s:%d: the row is %s; the rows before it are each %s"
              .formatted(name, line(), found, form));
    }
    form = found;
  }

  private long line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private void fields(Row row) {
    int expected = 0;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      if (ignored.contains(field)) {
        parser.nextToken();
        parser.skipChildren();
        continue;
      }
      int column = columns.add(field, expected);
      expected = column + 1;
      JsonCells.read(parser, parser.nextToken(), row.cell(column));
    }
  }

  private void elements(Row row, @Nullable JsonToken firstToken) {
    JsonToken token = firstToken;
    for (int i = 0; token != null && token != JsonToken.END_ARRAY; i++) {
      int column = i < columns.size() ? i : columns.add(Integer.toString(i));
      JsonCells.read(parser, token, row.cell(column));
      token = parser.nextToken();
    }
  }

  private DataException malformed(JacksonException e) {
    if (e instanceof JacksonIOException && e.getCause() instanceof IOException cause) {
      return DataFiles.unreadable(name, cause);
    }
    long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return new DataException(
        "%s:%d: this is no JSON: %s".formatted(name, Math.max(1, line), e.getOriginalMessage()), e);
  }

  @Override
  public void close() {
    DataFiles.close(parser, name);
  }
}
