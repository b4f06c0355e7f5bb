package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;

/**
 * A text with columns of a dataset in it: {@code Question: {{question}}}. The form is that of
 * lm-evaluation-harness's templates, of which simple placeholders are understood; a dot goes into a
 * column that is an object, as in {@code {{choices.text}}}.
 */
public final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern PATH = Pattern.compile("[^\\s{}()\\[\\]|+'\",:%~*/-]+");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if a placeholder is more than the name of a column
   */
  public static Template of(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      String path = matcher.group(1).strip();
      if (!PATH.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "'{{%s}}' is no column; a placeholder is the name of one, as in '{{question}}', and"
                    .formatted(path)
                + " what has to be computed stands in the dataset");
      }
    }
    return new Template(text);
  }

  /** Whether a text has placeholders. */
  public static boolean isOne(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /**
   * The text for a row.
   *
   * @throws DataException if the row lacks a column
   */
  public String fill(DataRow row) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(text(row, match.group(1).strip())));
  }

  /** A column that is a text; a dot goes into an object. */
  static String text(DataRow row, String path) {
    return holder(row, path).text(path);
  }

  /** A column that is a list of texts; a dot goes into an object. */
  static List<String> texts(DataRow row, String path) {
    return holder(row, path).texts(path);
  }

  /** A column's value; a dot goes into an object. */
  static Object value(DataRow row, String path) {
    return holder(row, path).require(path);
  }

  /** The row with the value of a path as a column of that name. */
  private static DataRow holder(DataRow row, String path) {
    if (row.values().containsKey(path) || path.indexOf('.') < 0) {
      return row;
    }
    List<String> names = Arrays.asList(path.split("\\.", -1));
    @Nullable Object value = row.require(names.get(0));
    List<String> gone = new ArrayList<>(List.of(names.get(0)));
    for (String name : names.subList(1, names.size())) {
      if (!(value instanceof Map<?, ?> map) || map.get(name) == null) {
        throw new DataException(
            "%s: there is no '%s' in '%s'".formatted(row.where(), name, String.join(".", gone)));
      }
      value = map.get(name);
      gone.add(name);
    }
    return new DataRow(row.index(), row.where(), Map.of(path, value));
  }
}
