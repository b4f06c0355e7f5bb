package org.modelvitals.checks.language;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;

/**
 * The texts of a check: written in the suite ({@code texts: [..]}), or a column of a dataset
 * ({@code data: corpus.jsonl}). Declarations have it inline.
 *
 * @param texts the texts themselves
 * @param data the dataset, instead: JSON Lines, JSON, CSV, or plain text with one text a line or
 *     one in the file
 * @param column the column of the dataset that holds the text
 */
public record TextSource(
    @Doc(value = "The texts, if they are no dataset.", example = "[the small dog sleeps]")
        List<String> texts,
    @Doc(value = "The dataset with the texts.", example = "data/corpus.jsonl")
        @Nullable DataSpec data,
    @Doc("The column of the dataset that holds the text.") @Default(TextSource.COLUMN)
        String column) {

  /** The column that holds the text if nothing else is said. */
  public static final String COLUMN = "text";

  public TextSource {
    if (texts.isEmpty() == (data == null)) {
      throw new IllegalArgumentException(
          "there must be either 'texts', a list of texts, or 'data', a dataset of texts%s"
              .formatted(data == null ? "" : ", and not both"));
    }
    texts = List.copyOf(texts);
  }

  /** Texts of the suite. */
  public static TextSource texts(String... texts) {
    return new TextSource(List.of(texts), null, COLUMN);
  }

  /** Texts of a dataset, in its column {@code text}. */
  public static TextSource texts(DataSpec data) {
    return new TextSource(List.of(), data, COLUMN);
  }

  /** The column that holds the text. */
  public TextSource column(String name) {
    return new TextSource(texts, data, name);
  }
}
