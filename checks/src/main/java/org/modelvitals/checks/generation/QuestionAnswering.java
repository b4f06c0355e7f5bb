package org.modelvitals.checks.generation;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Asks a language model questions whose answers are known, and scores them as SQuAD does.
 *
 * @param prompts what the model is asked
 * @param reference the column with the true answer, a list of answers any of which will do, or
 *     answers in the form of SQuAD's datasets; an empty list is a question without an answer, to
 *     which only an empty text is right
 */
@Doc("Asks a language model questions whose answers are known, and scores them as SQuAD does.")
public record QuestionAnswering(
    @Inline Prompts prompts,
    @Doc("The column with the true answer, or a list of answers.") @Default("answers")
        String reference)
    implements ProbeSpec {

  public QuestionAnswering {
    prompts.requireColumn(reference);
  }

  /** Questions whose answers stand in the column {@code answers}. */
  public static QuestionAnswering questionAnswering(Prompts prompts) {
    return new QuestionAnswering(prompts, "answers");
  }

  /** The column with the true answers. */
  public QuestionAnswering reference(String column) {
    return new QuestionAnswering(prompts, column);
  }

  /** The share of answers that equal a true one after SQuAD's normalisation. */
  public static Measured exactMatch() {
    return Measured.measured("exact match");
  }

  /** The exact match of {@code answerable} or {@code unanswerable} questions. */
  public static Measured exactMatch(String questions) {
    return Measured.measured("exact match", questions);
  }

  /** The mean F1 of words in common with the best true answer. */
  public static Measured f1() {
    return Measured.measured("f1");
  }

  /** The mean F1 of {@code answerable} or {@code unanswerable} questions. */
  public static Measured f1(String questions) {
    return Measured.measured("f1", questions);
  }

  /** How many questions were asked. */
  public static Measured questions() {
    return Measured.measured("questions");
  }

  /** In how many answers logits are NaN or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return FiniteLogits.measured();
  }
}
