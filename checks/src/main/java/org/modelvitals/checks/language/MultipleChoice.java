package org.modelvitals.checks.language;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Asks questions with several answers of which the model is to find the right one likelier than the
 * others: the {@code multiple_choice} tasks of lm-evaluation-harness, with its rules for encoding
 * and scoring (lm_eval/api/task.py, {@code process_results}).
 *
 * @param data the questions, a row each
 * @param context what stands before the answer; the harness's {@code doc_to_text}
 * @param choices a column with a list of answers, or the answers one by one as templates; the
 *     harness's {@code doc_to_choice}
 * @param answer the column with the right answer: its number from 0, its text, its label, or a list
 *     of these; the harness's {@code doc_to_target}
 * @param labels a column with the labels of the choices, such as A, B, C
 * @param continuation what stands after every choice, where the choices are contexts instead
 * @param delimiter what stands between context and answer; the harness's {@code target_delimiter}
 * @param special whether the tokenizer adds its special tokens; the harness's {@code add_bos_token}
 * @param prefix the token before an empty context; null takes what the configuration names
 * @param mutualInformation whether every answer is also scored without its question
 * @param slices parts of the data for which the measurements are repeated
 * @param setup how the model is fed
 */
@Doc("Asks multiple-choice questions and takes the answer that the model finds likeliest.")
public record MultipleChoice(
    @Doc(value = "The questions, a row each.", example = "data/questions.jsonl") DataSpec data,
    @Doc("What stands before the answer; columns stand in double braces.")
        @Default("'{{question}}'")
        String context,
    @Doc(
            value = "A column with a list of answers, or the answers one by one.",
            example = "[\"{{sol1}}\", \"{{sol2}}\"]")
        @Default("choices")
        List<String> choices,
    @Doc("The column with the right answer: its number from 0, its text or its label.")
        @Default("answer")
        String answer,
    @Doc(value = "A column with the labels of the answers.", example = "choices.label")
        @Nullable String labels,
    @Doc("What follows every choice, where the choices belong to the context.")
        @Nullable String continuation,
    @Doc("What stands between the context and the answer.") @Default("' '") String delimiter,
    @Doc("Whether the tokenizer adds its special tokens.") @Default("false") boolean special,
    @Doc("The token before an empty context; what the model's configuration names otherwise.")
        @Nullable String prefix,
    @Doc("Whether every answer is also scored without its question.") @Default("false")
        boolean mutualInformation,
    @Doc(value = "Parts of the data for which measurements are repeated.", example = "[subject]")
        @Default("[]")
        Slicing slices,
    @Inline LanguageSetup setup)
    implements ProbeSpec {

  public MultipleChoice {
    if (choices.isEmpty()) {
      throw new IllegalArgumentException(
          "choices must name a column with a list, or give the answers one by one");
    }
    Template.of(context);
    choices.forEach(Template::of);
    if (continuation != null) {
      Template.of(continuation);
    }
    choices = List.copyOf(choices);
  }

  /**
   * Questions with the columns {@code question}, {@code choices} (a list) and {@code answer} (a
   * number from 0).
   */
  public static MultipleChoice multipleChoice(DataSpec data) {
    return new MultipleChoice(
        data,
        "{{question}}",
        List.of("choices"),
        "answer",
        null,
        null,
        " ",
        false,
        null,
        false,
        Slicing.NONE,
        LanguageSetup.USUAL);
  }

  /** What stands before the answer, with columns in double braces. */
  public MultipleChoice context(String template) {
    return new MultipleChoice(
        data,
        template,
        choices,
        answer,
        labels,
        continuation,
        delimiter,
        special,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** A column with a list of answers, or the answers one by one as templates. */
  public MultipleChoice choices(String... columnOrTemplates) {
    return new MultipleChoice(
        data,
        context,
        List.of(columnOrTemplates),
        answer,
        labels,
        continuation,
        delimiter,
        special,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** The column with the right answer. */
  public MultipleChoice answer(String column) {
    return new MultipleChoice(
        data,
        context,
        choices,
        column,
        labels,
        continuation,
        delimiter,
        special,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** The column with the labels of the choices. */
  public MultipleChoice labels(String column) {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        column,
        continuation,
        delimiter,
        special,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** What follows every choice, where the choices belong to the context. */
  public MultipleChoice continuation(String template) {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        template,
        delimiter,
        special,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** What stands between the context and the answer. */
  public MultipleChoice delimiter(String text) {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        continuation,
        text,
        special,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** The tokenizer adds its special tokens. */
  public MultipleChoice withSpecialTokens() {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        continuation,
        delimiter,
        true,
        prefix,
        mutualInformation,
        slices,
        setup);
  }

  /** The token before an empty context. */
  public MultipleChoice prefix(String token) {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        continuation,
        delimiter,
        special,
        token,
        mutualInformation,
        slices,
        setup);
  }

  /** Scores every answer without its question too, for {@link #mutualInformationAccuracy}. */
  public MultipleChoice withMutualInformation() {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        continuation,
        delimiter,
        special,
        prefix,
        true,
        slices,
        setup);
  }

  /** Columns for whose values the measurements are repeated: {@code accuracy[subject=law]}. */
  public MultipleChoice slices(String... columns) {
    return slices(Slicing.by(columns));
  }

  /** Parts of the data for which the measurements are repeated. */
  public MultipleChoice slices(Slicing parts) {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        continuation,
        delimiter,
        special,
        prefix,
        mutualInformation,
        parts,
        setup);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public MultipleChoice tokenizer(String file) {
    return with(setup.tokenizer(file));
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public MultipleChoice inputs(LanguageInputs names) {
    return with(setup.inputs(names));
  }

  /** Texts in one call of the model. */
  public MultipleChoice batch(int rows) {
    return with(setup.batch(rows));
  }

  private MultipleChoice with(LanguageSetup newSetup) {
    return new MultipleChoice(
        data,
        context,
        choices,
        answer,
        labels,
        continuation,
        delimiter,
        special,
        prefix,
        mutualInformation,
        slices,
        newSetup);
  }

  /** The share of questions whose right answer is the likeliest; the harness's {@code acc}. */
  public static Measured accuracy() {
    return Measured.measured("accuracy");
  }

  /** The accuracy over the questions whose {@code column} is {@code value}. */
  public static Measured accuracy(String column, String value) {
    return Measured.measured("accuracy", column + "=" + value);
  }

  /** Log-likelihoods by the characters of the answers; the harness's {@code acc_norm}. */
  public static Measured normalisedAccuracy() {
    return Measured.measured("normalised accuracy");
  }

  /** Log-likelihoods by the bytes of the answers; the harness's {@code acc_bytes}. */
  public static Measured byteNormalisedAccuracy() {
    return Measured.measured("byte-normalised accuracy");
  }

  /** By how much the question makes an answer likelier; the harness's {@code acc_mutual_info}. */
  public static Measured mutualInformationAccuracy() {
    return Measured.measured("mutual information accuracy");
  }

  /** The mean squared error of the answers' probabilities; the harness's {@code brier_score}. */
  public static Measured brierScore() {
    return Measured.measured("brier score");
  }

  /** How far confidence is from accuracy, on average over 15 bins of confidence. */
  public static Measured expectedCalibrationError() {
    return Measured.measured("expected calibration error");
  }

  /** How many questions have several likeliest answers. */
  public static Measured ties() {
    return Measured.measured("ties");
  }

  /** How many of these are more than the rounding of 16 bits; expected to be none. */
  public static Measured unexplainedTies() {
    return Measured.measured("unexplained ties");
  }

  /** How many questions were asked. */
  public static Measured questions() {
    return Measured.measured("questions");
  }

  /** How many log-likelihoods are not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** How many continuations were scored by outputs that are no logits; expected to be none. */
  public static Measured softmaxedOutputs() {
    return Measured.measured(Softmaxed.NAME);
  }
}
