package org.modelvitals.checks.generation;

import org.modelvitals.checks.text.BleuTokenizer;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Lets a language model translate, and scores the corpus as sacreBLEU does.
 *
 * @param prompts what the model is asked
 * @param reference the column with the right translation, or a list of them
 * @param tokenize how BLEU cuts texts into tokens
 * @param lowercase whether BLEU and chrF ignore case; TER always does
 * @param resamples how many corpora are drawn for the intervals
 */
@Doc("Lets a language model translate, and scores the corpus as sacreBLEU does.")
public record Translation(
    @Inline Prompts prompts,
    @Doc("The column with the right translation, or a list of them.") @Default("reference")
        String reference,
    @Doc("How BLEU cuts texts into tokens.") @Default("v13a") BleuTokenizer tokenize,
    @Doc("Whether BLEU and chrF ignore case; TER always does.") @Default("false") boolean lowercase,
    @Doc("Corpora drawn for the intervals.") @Default("1000") @Minimum(100) int resamples)
    implements ProbeSpec {

  public Translation {
    Bounds.atLeast(100, "resamples", resamples);
    prompts.requireColumn(reference);
  }

  /** Translations whose references stand in the column {@code reference}. */
  public static Translation translation(Prompts prompts) {
    return new Translation(prompts, "reference", BleuTokenizer.V13A, false, 1000);
  }

  /** The column with the right translations. */
  public Translation reference(String column) {
    return new Translation(prompts, column, tokenize, lowercase, resamples);
  }

  /** How BLEU cuts texts into tokens. */
  public Translation tokenize(BleuTokenizer how) {
    return new Translation(prompts, reference, how, lowercase, resamples);
  }

  public Translation ignoringCase() {
    return new Translation(prompts, reference, tokenize, true, resamples);
  }

  /** How many corpora are drawn for the intervals. */
  public Translation resamples(int count) {
    return new Translation(prompts, reference, tokenize, lowercase, count);
  }

  /** BLEU of the corpus, from 0 to 100. */
  public static Measured bleu() {
    return Measured.measured("bleu");
  }

  /** chrF2 of the corpus, from 0 to 100. */
  public static Measured chrf() {
    return Measured.measured("chrf");
  }

  /** chrF2++ of the corpus, from 0 to 100. */
  public static Measured chrfPlusPlus() {
    return Measured.measured("chrf++");
  }

  /** The translation edit rate of the corpus in percent; lower is better. */
  public static Measured ter() {
    return Measured.measured("ter");
  }

  /** BLEU's penalty of a corpus that is too short; 1 if it is not. */
  public static Measured brevityPenalty() {
    return Measured.measured("brevity penalty");
  }

  /** How {@code bleu}, {@code chrf}, {@code chrf++} or {@code ter} was computed. */
  public static Measured signature(String score) {
    return Measured.measured("signature", score);
  }

  /** How many texts were translated. */
  public static Measured segments() {
    return Measured.measured("segments");
  }

  /** In how many answers logits are NaN or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return FiniteLogits.measured();
  }
}
