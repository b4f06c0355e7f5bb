package org.modelvitals.checks.generation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Lets a language model continue prompts and looks at what it writes: whether it is what was
 * expected, how long it is, how it ended, and whether it repeats itself.
 *
 * @param prompts what the model is asked
 * @param reference the column with the text that the answer should be, or a list of texts any of
 *     which will do; null to compare with nothing
 * @param pattern a regular expression that the whole answer should match
 * @param contains texts each of which every answer should contain
 * @param forbidden texts none of which any answer should contain
 */
@Doc("Lets a language model continue prompts and looks at what it writes.")
public record Generation(
    @Inline Prompts prompts,
    @Doc("The column with the text, or the list of texts, that the answer should be.")
        @Nullable String reference,
    @Doc(
            value = "A regular expression that the whole answer should match.",
            example = "\"[a-z ]+\\\\.\"")
        @Nullable String pattern,
    @Doc(value = "Texts that every answer should contain.", example = "[\".\"]")
        List<String> contains,
    @Doc(value = "Texts that no answer should contain.", example = "[\"<unk>\"]")
        List<String> forbidden)
    implements ProbeSpec {

  public Generation {
    contains = List.copyOf(contains);
    forbidden = List.copyOf(forbidden);
    requirePattern(pattern);
    requireTexts("contains", contains);
    requireTexts("forbidden", forbidden);
    prompts.requireColumn(reference);
  }

  private static void requireTexts(String name, List<String> texts) {
    if (texts.contains("")) {
      throw new IllegalArgumentException(
          "%s: a text is empty, and every answer contains that".formatted(name));
    }
  }

  static void requirePattern(@Nullable String pattern) {
    try {
      Pattern.compile(pattern == null ? "" : pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern: '%s' is no regular expression: %s near character %d"
              .formatted(e.getPattern(), e.getDescription(), e.getIndex() + 1),
          e);
    }
  }

  /** Continues prompts. */
  public static Generation generation(Prompts prompts) {
    return new Generation(prompts, null, null, List.of(), List.of());
  }

  /** The column with what the answer should be. */
  public Generation reference(String column) {
    return new Generation(prompts, column, pattern, contains, forbidden);
  }

  /** A regular expression that the whole answer should match. */
  public Generation pattern(String regex) {
    return new Generation(prompts, reference, regex, contains, forbidden);
  }

  /** Texts that every answer should contain. */
  public Generation contains(String... texts) {
    return new Generation(prompts, reference, pattern, List.of(texts), forbidden);
  }

  /** Texts that no answer should contain. */
  public Generation forbidden(String... texts) {
    return new Generation(prompts, reference, pattern, contains, List.of(texts));
  }

  /** The share of answers that are a true text, up to white space at the ends. */
  public static Measured exactMatch() {
    return Measured.measured("exact match");
  }

  /** The share of answers that match the pattern. */
  public static Measured patternMatch() {
    return Measured.measured("pattern match");
  }

  /** The share of answers with all the texts that they should contain. */
  public static Measured contained() {
    return Measured.measured("contained");
  }

  /** The share of answers with a forbidden text. */
  public static Measured withForbidden() {
    return Measured.measured("with forbidden");
  }

  /** The share of answers without any text but white space. */
  public static Measured empty() {
    return Measured.measured("empty");
  }

  /** The share of answers that are empty or go round in circles. */
  public static Measured degenerate() {
    return Measured.measured("degenerate");
  }

  /** The length of the longest loop, in tokens. */
  public static Measured longestLoop() {
    return Measured.measured("longest loop");
  }

  /** Different n-grams of tokens as a share of all, for n of 1, 2 or 3. */
  public static Measured distinct(int n) {
    return Measured.measured("distinct", String.valueOf(n));
  }

  public static Measured meanTokens() {
    return Measured.measured("mean tokens");
  }

  public static Measured minTokens() {
    return Measured.measured("min tokens");
  }

  public static Measured maxTokens() {
    return Measured.measured("max tokens");
  }

  /** The share of answers that ended so: {@code stop token}, {@code stop string}, … */
  public static Measured stopped(String how) {
    return Measured.measured("stopped", how);
  }

  /** How many answers there were. */
  public static Measured answers() {
    return Measured.measured("answers");
  }

  /** In how many answers logits are NaN or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return FiniteLogits.measured();
  }
}
