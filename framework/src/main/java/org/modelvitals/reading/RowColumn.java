package org.modelvitals.reading;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of every row under one name: words, or numbers. */
public sealed interface RowColumn {

  String name();

  /** Words, of which there are few different ones: classes, values of a slice. */
  final class Words implements RowColumn {
    private final String name;
    private final boolean given;
    private final List<String> words;
    private final int[] codes;

    /**
     * @param given whether the words come from the data, so that they are the same whatever the
     *     model says
     * @param codes the index among {@code words} of each row's word; -1 for none
     */
    public Words(String name, boolean given, List<String> words, int[] codes) {
      this.name = name;
      this.given = given;
      this.words = List.copyOf(words);
      this.codes = codes.clone();
    }

    @Override
    public String name() {
      return name;
    }

    public boolean given() {
      return given;
    }

    /** The different words. */
    public List<String> words() {
      return words;
    }

    /** The index among {@link #words} of a row's word; -1 if it has none. */
    public int code(int row) {
      return codes[row];
    }

    /** A row's word; null if it has none. */
    public @Nullable String word(int row) {
      return codes[row] < 0 ? null : words.get(codes[row]);
    }
  }

  /** Numbers that came out of the model, in single precision. */
  final class Numbers implements RowColumn {
    private final String name;
    private final float[] values;

    /**
     * @param values one a row; NaN for none
     */
    public Numbers(String name, float[] values) {
      this.name = name;
      this.values = Arrays.copyOf(values, values.length);
    }

    @Override
    public String name() {
      return name;
    }

    /** A row's number; NaN if it has none. */
    public double value(int row) {
      return values[row];
    }
  }
}
