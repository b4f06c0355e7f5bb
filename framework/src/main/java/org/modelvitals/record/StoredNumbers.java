package org.modelvitals.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.modelvitals.reading.RowColumn;

/**
 * A column of numbers, to four significant digits.
 *
 * @param values one a row, in order, ten in a line; {@code -} for none
 */
record StoredNumbers(String column, List<String> values) {
  private static final int IN_LINE = 10;
  private static final Pattern BLANK = Pattern.compile(" ");
  private static final MathContext DIGITS = new MathContext(4);

  StoredNumbers {
    values = List.copyOf(values);
    values.stream().flatMap(BLANK::splitAsStream).forEach(StoredNumbers::number);
  }

  private static float number(String word) {
    return word.equals("-") ? Float.NaN : Float.parseFloat(word);
  }

  static StoredNumbers of(RowColumn.Numbers numbers, int size) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int row = 0; row < size; row++) {
      line.append(line.isEmpty() ? "" : " ").append(text(numbers.value(row)));
      if (row % IN_LINE == IN_LINE - 1 || row == size - 1) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }
    return new StoredNumbers(numbers.name(), lines);
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Double.isInfinite(value) || value == 0
        ? value == 0 ? "0" : Double.toString(value)
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
  }

  /** The numbers of the approved run, for as many rows of a later one. */
  RowColumn.Numbers restore(int size) {
    float[] all = new float[size];
    Arrays.fill(all, Float.NaN);
    int row = 0;
    for (String line : values) {
      for (String word : BLANK.splitAsStream(line).toList()) {
        if (row < size) {
          all[row++] = number(word);
        }
      }
    }
    return new RowColumn.Numbers(column, all);
  }
}
