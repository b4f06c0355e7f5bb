package org.modelvitals.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Keyword;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.text.Bounds;

/**
 * A change of what a model is fed, made after a row was read and before it is fed. Values of
 * columns are changed in the row, before they become numbers or tokens; images in the input tensor,
 * so that it does not matter what they came from. What is random follows from the seed and the
 * row's number.
 *
 * <p>An image is an input of which a row has two axes or more; the last two are height and width,
 * or the first two where the last is of at most four channels. What moves in from outside repeats
 * the edge.
 */
@Doc("A change of what a model is fed.")
public sealed interface Perturbation {

  /** Columns that are changed; empty for a change of an input. */
  default List<String> columns() {
    return List.of();
  }

  /**
   * Moves an image.
   *
   * @param x pixels to the right
   * @param y pixels down
   */
  @Doc("Moves an image.")
  @Keyword("shift")
  record Shift(
      @Doc("Pixels to the right.") @Default("0") int x,
      @Doc("Pixels down.") @Default("0") int y,
      @Doc("The input, if there are several images.") @Nullable String input)
      implements Perturbation {}

  /** Turns an image around its centre, counter-clockwise, with bilinear interpolation. */
  @Doc("Turns an image around its centre, counter-clockwise.")
  @Keyword("rotate")
  @Shorthand("degrees")
  record Rotate(
      @Doc("By how much.") double degrees,
      @Doc("The input, if there are several images.") @Nullable String input)
      implements Perturbation {}

  /** Mirrors an image. */
  @Doc("Mirrors an image.")
  @Keyword("flip")
  @Shorthand("axis")
  record Flip(
      @Doc("horizontal swaps left and right, vertical top and bottom.") @Default("horizontal")
          Axis axis,
      @Doc("The input, if there are several images.") @Nullable String input)
      implements Perturbation {

    /** Which sides are swapped. */
    public enum Axis {
      HORIZONTAL,
      VERTICAL
    }
  }

  /** Adds a number to every value of an image, in the unit that the input has. */
  @Doc("Adds a number to every value of an image.")
  @Keyword("brightness")
  @Shorthand("add")
  record Brightness(
      @Doc("What is added, in the input's unit.") double add,
      @Doc("The least value that an input may have.") @Nullable Double low,
      @Doc("The largest value that an input may have.") @Nullable Double high,
      @Doc("The input, if there are several images.") @Nullable String input)
      implements Perturbation {}

  /** Moves every value of an image away from the mean of its channel, or towards it. */
  @Doc("Moves every value of an image away from the mean of its channel, or towards it.")
  @Keyword("contrast")
  @Shorthand("factor")
  record Contrast(
      @Doc("Distances from the mean are multiplied by this.") double factor,
      @Doc("The least value that an input may have.") @Nullable Double low,
      @Doc("The largest value that an input may have.") @Nullable Double high,
      @Doc("The input, if there are several images.") @Nullable String input)
      implements Perturbation {}

  /** Blurs an image with a Gaussian kernel that reaches three deviations far. */
  @Doc("Blurs an image with a Gaussian kernel.")
  @Keyword("blur")
  @Shorthand("deviation")
  record Blur(
      @Doc("The kernel's standard deviation in pixels.") @Minimum(value = 0, exclusive = true)
          double deviation,
      @Doc("The input, if there are several images.") @Nullable String input)
      implements Perturbation {
    public Blur {
      if (!(deviation > 0 && deviation < 1000)) {
        throw new IllegalArgumentException("blur: the deviation is %s pixels".formatted(deviation));
      }
    }
  }

  /** Adds Gaussian noise to every value of an input of numbers. */
  @Doc("Adds Gaussian noise to every value of an input of numbers.")
  @Keyword("noise")
  @Shorthand("deviation")
  record Noise(
      @Doc("The noise's standard deviation, in the input's unit.") @Minimum(0) double deviation,
      @Doc("The least value that an input may have.") @Nullable Double low,
      @Doc("The largest value that an input may have.") @Nullable Double high,
      @Doc("The input, if there are several.") @Nullable String input)
      implements Perturbation {}

  /** Adds a number to columns. */
  @Doc("Adds a number to columns.")
  @Keyword("add")
  record Add(
      @Doc(value = "The columns.", example = "[age]") List<String> columns,
      @Doc("What is added.") double value)
      implements Perturbation {
    public Add {
      columns = List.copyOf(columns);
    }
  }

  /** Multiplies columns by a number. */
  @Doc("Multiplies columns by a number.")
  @Keyword("scale")
  record Scale(
      @Doc(value = "The columns.", example = "[income]") List<String> columns,
      @Doc("What they are multiplied by.") double factor)
      implements Perturbation {
    public Scale {
      columns = List.copyOf(columns);
    }
  }

  /** Gives columns one value in all rows. */
  @Doc("Gives columns one value in all rows.")
  @Keyword("set")
  record Set(
      @Doc(value = "The columns.", example = "[sex]") List<String> columns,
      @Doc("The value.") String value)
      implements Perturbation {
    public Set {
      columns = List.copyOf(columns);
    }
  }

  /** Adds Gaussian noise to columns of numbers. */
  @Doc("Adds Gaussian noise to columns of numbers.")
  @Keyword("jitter")
  record Jitter(
      @Doc(value = "The columns.", example = "[age]") List<String> columns,
      @Doc("The noise's standard deviation.") @Minimum(0) double deviation)
      implements Perturbation {
    public Jitter {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Gives columns the values of another row, drawn at random from the first 65,536; the columns
   * take theirs from the same row.
   */
  @Doc("Gives columns the values of another row, drawn at random.")
  @Keyword("permute")
  @Shorthand("columns")
  record Permute(@Doc(value = "The columns.", example = "[sex]") List<String> columns)
      implements Perturbation {
    public Permute {
      columns = List.copyOf(columns);
    }
  }

  /** Takes the values of columns away; the input has to say what becomes of missing ones. */
  @Doc("Takes the values of columns away.")
  @Keyword("missing")
  @Shorthand("columns")
  record Missing(@Doc(value = "The columns.", example = "[age]") List<String> columns)
      implements Perturbation {
    public Missing {
      columns = List.copyOf(columns);
    }
  }

  /** Writes texts in other letters. */
  @Doc("Writes texts in other letters.")
  @Keyword("case")
  @Shorthand("columns")
  record Case(
      @Doc(value = "The columns.", example = "[text]") List<String> columns,
      @Doc("lower, upper, or title for a capital at the beginning of each word.") @Default("lower")
          Letters to)
      implements Perturbation {
    public Case {
      columns = List.copyOf(columns);
    }

    /** How a text is written. */
    public enum Letters {
      LOWER,
      UPPER,
      TITLE
    }
  }

  /** Swaps neighbouring letters within a word, at random places. */
  @Doc("Swaps neighbouring letters within a word, at random places.")
  @Keyword("typo")
  @Shorthand("columns")
  record Typo(
      @Doc(value = "The columns.", example = "[text]") List<String> columns,
      @Doc("How many swaps.") @Default("1") @Minimum(1) int count)
      implements Perturbation {
    public Typo {
      columns = List.copyOf(columns);
      Bounds.atLeast(1, "count", count);
    }
  }

  /** Puts blanks before and after texts, and one more between two words. */
  @Doc("Puts blanks before and after texts, and one more between two words.")
  @Keyword("whitespace")
  @Shorthand("columns")
  record Whitespace(@Doc(value = "The columns.", example = "[text]") List<String> columns)
      implements Perturbation {
    public Whitespace {
      columns = List.copyOf(columns);
    }
  }

  /** Takes the full stop or mark at the end of texts away, or adds a full stop where none is. */
  @Doc("Takes the mark at the end of texts away, or adds a full stop where none is.")
  @Keyword("punctuation")
  @Shorthand("columns")
  record Punctuation(@Doc(value = "The columns.", example = "[text]") List<String> columns)
      implements Perturbation {
    public Punctuation {
      columns = List.copyOf(columns);
    }
  }

  /** Puts other words in the place of whole words, whatever their case; a capital stays one. */
  @Doc("Puts other words in the place of whole words.")
  @Keyword("replace")
  record Replace(
      @Doc(value = "The columns.", example = "[text]") List<String> columns,
      @Doc(value = "What each word becomes.", example = "{he: she, his: her}")
          Map<String, String> words)
      implements Perturbation {
    public Replace {
      columns = List.copyOf(columns);
      words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
      if (words.isEmpty() || words.keySet().stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException("replace: expected words, such as {he: she}");
      }
    }
  }

  /** Moves an image to the right and down. */
  static Shift shift(int x, int y) {
    return new Shift(x, y, null);
  }

  static Rotate rotate(double degrees) {
    return new Rotate(degrees, null);
  }

  /** Swaps left and right. */
  static Flip mirror() {
    return new Flip(Flip.Axis.HORIZONTAL, null);
  }

  static Brightness brightness(double add, double low, double high) {
    return new Brightness(add, low, high, null);
  }

  static Contrast contrast(double factor, double low, double high) {
    return new Contrast(factor, low, high, null);
  }

  static Blur blur(double deviation) {
    return new Blur(deviation, null);
  }

  static Noise noise(double deviation) {
    return new Noise(deviation, null, null, null);
  }

  static Noise noise(double deviation, double low, double high) {
    return new Noise(deviation, low, high, null);
  }

  static Add add(String column, double value) {
    return new Add(List.of(column), value);
  }

  static Scale scale(String column, double factor) {
    return new Scale(List.of(column), factor);
  }

  static Set set(String column, String value) {
    return new Set(List.of(column), value);
  }

  static Jitter jitter(String column, double deviation) {
    return new Jitter(List.of(column), deviation);
  }

  static Permute permute(String... columns) {
    return new Permute(List.of(columns));
  }

  static Missing missing(String... columns) {
    return new Missing(List.of(columns));
  }

  static Case letters(String column, Case.Letters to) {
    return new Case(List.of(column), to);
  }

  static Typo typo(String column, int count) {
    return new Typo(List.of(column), count);
  }

  static Whitespace whitespace(String column) {
    return new Whitespace(List.of(column));
  }

  static Punctuation punctuation(String column) {
    return new Punctuation(List.of(column));
  }

  static Replace replace(String column, Map<String, String> words) {
    return new Replace(List.of(column), words);
  }
}
