package org.modelvitals.checks.generation;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Lets a language model summarise, and scores the summaries with ROUGE.
 *
 * @param prompts what the model is asked
 * @param reference the column with a good summary, or a list of them of which the best counts
 * @param stemming whether words are stemmed first, as papers usually report it
 */
@Doc("Lets a language model summarise, and scores the summaries with ROUGE.")
public record Summarization(
    @Inline Prompts prompts,
    @Doc("The column with a good summary, or a list of them of which the best counts.")
        @Default("summary")
        String reference,
    @Doc("Whether words are stemmed first.") @Default("false") boolean stemming)
    implements ProbeSpec {

  public Summarization {
    prompts.requireColumn(reference);
  }

  /** Summaries whose references stand in the column {@code summary}. */
  public static Summarization summarization(Prompts prompts) {
    return new Summarization(prompts, "summary", false);
  }

  /** The column with good summaries. */
  public Summarization reference(String column) {
    return new Summarization(prompts, column, stemming);
  }

  /** Words are stemmed first. */
  public Summarization stemmed() {
    return new Summarization(prompts, reference, true);
  }

  /** The mean F1 of words. */
  public static Measured rouge1() {
    return Measured.measured("rouge-1");
  }

  /** The mean F1 of pairs of words. */
  public static Measured rouge2() {
    return Measured.measured("rouge-2");
  }

  /** The mean F1 of the longest common subsequence. */
  public static Measured rougeL() {
    return Measured.measured("rouge-l");
  }

  /** The mean F1 of the longest common subsequences of lines. */
  public static Measured rougeLsum() {
    return Measured.measured("rouge-lsum");
  }

  /** The mean {@code precision} or {@code recall} of a score such as {@code rouge-1}. */
  public static Measured part(String score, String part) {
    return Measured.measured(score, part);
  }

  /** How many summaries there were. */
  public static Measured summaries() {
    return Measured.measured("summaries");
  }

  /** In how many answers logits are NaN or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return FiniteLogits.measured();
  }
}
