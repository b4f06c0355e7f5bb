package org.modelvitals.checks.slices;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.modelvitals.spec.Matching;

/** Columns whose values make slices: one, or several crossed, such as {@code age x sex}. */
@Matching("\\S")
public record Crossing(List<String> columns) {
  private static final String CROSS = " x ";
  private static final Pattern SEPARATOR = Pattern.compile("\\s+x\\s+");

  public Crossing {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "slices: '%s' lacks a column; expected a column, or several as in 'age x sex'"
              .formatted(String.join(CROSS, columns)));
    }
    if (columns.stream().distinct().count() < columns.size()) {
      throw new IllegalArgumentException(
          "slices: '%s' crosses a column with itself".formatted(String.join(CROSS, columns)));
    }
  }

  /**
   * Reads {@code age} or {@code age x sex}.
   *
   * @throws IllegalArgumentException if a column is missing
   */
  public static Crossing parse(String text) {
    return new Crossing(Stream.of(SEPARATOR.split(text, -1)).map(String::strip).toList());
  }

  @Override
  public String toString() {
    return String.join(CROSS, columns);
  }
}
