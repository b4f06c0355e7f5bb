package org.modelvitals.data;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvParser;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Rows of a CSV file (RFC 4180): quoted fields may hold the delimiter, line breaks, and doubled
 * quotes. Lines end in LF or CRLF; empty ones are passed over. A row's line is the one on which it
 * begins.
 */
final class CsvSource implements RowSource {
  // Jackson's SKIP_EMPTY_LINES would also eat blanks at the beginning of a line.
  // An empty cell is told from a quoted one: in a file of one column the first is an empty line.
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvReadFeature.EMPTY_UNQUOTED_STRING_AS_NULL).build();

  private final Path file;
  private final String name;
  private final boolean header;
  private final CsvParser parser;
  private final ColumnNames columns;

  /** The first row of a file without a header, which also tells how many columns there are. */
  private List<String> ahead = List.of();

  private long aheadLine;

  CsvSource(Path file, String name, DataSpec spec) {
    this.file = file;
    this.name = name;
    this.header = spec.header();
    InputStream in = DataFiles.open(file, name);
    try {
      parser =
          (CsvParser)
              MAPPER
                  .readerFor(Object.class)
                  .with(
                      CsvSchema.emptySchema()
                          .withColumnSeparator(delimiter(name, spec.delimiter())))
                  .createParser(in);
      columns = firstLine();
    } catch (JacksonException e) {
      closeQuietly(in, e);
      throw malformed(e);
    } catch (RuntimeException e) {
      closeQuietly(in, e);
      throw e;
    }
  }

  private static void closeQuietly(InputStream in, RuntimeException reason) {
    try {
      in.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static char delimiter(String name, String delimiter) {
    boolean tabs = delimiter.equals(",") && Formats.withoutGz(name).endsWith(".tsv");
    return tabs ? '\t' : delimiter.charAt(0);
  }

  private ColumnNames firstLine() {
    List<String> cells = new ArrayList<>();
    long line = 0;
    boolean empty = true;
    while (empty) {
      cells.clear();
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new DataException(
            header
                ? "%s is empty; expected a line with the names of the columns".formatted(name)
                : "%s has no rows".formatted(name));
      }
      String cell = nextCell();
      boolean blank = isBlank(cell);
      line = line();
      for (; cell != null; cell = nextCell()) {
        cells.add(cell);
      }
      empty = cells.size() <= 1 && blank;
    }
    if (!header) {
      ahead = cells;
      aheadLine = line;
      return ColumnNames.of(
          java.util.stream.IntStream.range(0, cells.size()).mapToObj(Integer::toString).toList());
    }
    Set<String> seen = new HashSet<>();
    List<String> names = cells.stream().map(String::strip).toList();
    for (String column : names) {
      if (!seen.add(column)) {
        throw new DataException(
            "%s:%d: there are two columns '%s'; names of columns must differ"
                .formatted(name, line, column));
      }
    }
    return ColumnNames.of(names);
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
    if (!ahead.isEmpty()) {
      row.begin(aheadLine);
      for (int i = 0; i < ahead.size(); i++) {
        row.cell(i).set(ahead.get(i));
      }
      ahead = List.of();
      return true;
    }
    try {
      return read(row);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private boolean read(Row row) {
    int wanted = columns.size();
    int found = 0;
    long line = 0;
    while (found == 0) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return false;
      }
      String cell = nextCell();
      boolean blank = isBlank(cell);
      line = line();
      row.begin(line);
      for (; cell != null; cell = nextCell()) {
        if (found < wanted) {
          row.cell(found).set(cell);
        }
        found++;
      }
      if (found == 1 && blank) {
        found = 0; // an empty line
      }
    }
    if (found != wanted) {
      throw new DataException(
          "%s:%d: the row has %s, the %s has %d"
              .formatted(
                  name,
                  line,
                  Wording.count(found, "column"),
                  header ? "header" : "first row",
                  wanted));
    }
    return true;
  }

  /** The next cell of the row; null at its end. */
  private @Nullable String nextCell() {
    String cell = parser.nextStringValue();
    return cell == null && parser.currentToken() == JsonToken.VALUE_NULL ? "" : cell;
  }

  /** Whether the current cell, if it is all that a line has, makes the line an empty one. */
  private boolean isBlank(@Nullable String cell) {
    return cell == null
        || (cell.isEmpty() ? parser.currentToken() == JsonToken.VALUE_NULL : cell.isBlank());
  }

  /** The line on which the last cell began. */
  private long line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private DataException malformed(JacksonException e) {
    if (e instanceof JacksonIOException && e.getCause() instanceof IOException cause) {
      return cause instanceof CharConversionException
          ? new DataException(
              "%s:%d: these bytes are no UTF-8; save the file in that encoding"
                  .formatted(name, DataFiles.firstLineNotUtf8(file, name)),
              e)
          : DataFiles.unreadable(name, cause);
    }
    long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return new DataException(
        "%s:%d: this is no CSV: %s".formatted(name, Math.max(1, line), e.getOriginalMessage()), e);
  }

  @Override
  public void close() {
    DataFiles.close(parser, name);
  }
}
