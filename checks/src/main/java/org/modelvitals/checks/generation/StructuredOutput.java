package org.modelvitals.checks.generation;

import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Asks a language model for JSON or another form that programs read, and checks that they can.
 *
 * @param prompts what the model is asked
 * @param schema a JSON Schema that every answer should be valid against; null for none
 * @param pattern a regular expression that the whole answer should match; null for none
 * @param reference the column with the value that the answer should be, as JSON: members in any
 *     order, numbers by value; null to compare with nothing
 * @param fenced whether an answer may be a block of Markdown, {@code ```json … ```}
 */
@Doc("Asks a language model for JSON or another form that programs read.")
public record StructuredOutput(
    @Inline Prompts prompts,
    @Doc(
            value = "A JSON Schema that every answer should be valid against.",
            example = "data/reply.schema.json")
        @Nullable String schema,
    @Doc("A regular expression that the whole answer should match.") @Nullable String pattern,
    @Doc("The column with the JSON value that the answer should be.") @Nullable String reference,
    @Doc("Whether an answer may be a block of Markdown.") @Default("false") boolean fenced)
    implements ProbeSpec {

  public StructuredOutput {
    Generation.requirePattern(pattern);
    prompts.requireColumn(reference);
  }

  /** Answers that should be JSON. */
  public static StructuredOutput structuredOutput(Prompts prompts) {
    return new StructuredOutput(prompts, null, null, null, false);
  }

  /** A JSON Schema, relative to the suite. */
  public StructuredOutput schema(String file) {
    return new StructuredOutput(prompts, file, pattern, reference, fenced);
  }

  /** A regular expression that the whole answer should match. */
  public StructuredOutput pattern(String regex) {
    return new StructuredOutput(prompts, schema, regex, reference, fenced);
  }

  /** The column with the JSON value that the answer should be. */
  public StructuredOutput reference(String column) {
    return new StructuredOutput(prompts, schema, pattern, column, fenced);
  }

  /** Answers may be blocks of Markdown. */
  public StructuredOutput fencedToo() {
    return new StructuredOutput(prompts, schema, pattern, reference, true);
  }

  /** The share of answers that are one JSON value and nothing else. */
  public static Measured validJson() {
    return Measured.measured("valid json");
  }

  /** The share of answers that are valid against the schema. */
  public static Measured validAgainstSchema() {
    return Measured.measured("valid against schema");
  }

  /** The share of answers that match the pattern. */
  public static Measured matchesPattern() {
    return Measured.measured("pattern match");
  }

  /** The share of answers that are the true JSON value. */
  public static Measured sameValue() {
    return Measured.measured("same value");
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
