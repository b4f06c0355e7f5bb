package org.modelvitals.checks.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.checks.slices.SliceInfo;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link MultipleChoice} declares. */
public final class MultipleChoiceProbe implements ProbeType<MultipleChoice> {

  private static final String GAINS = "where 'mutual-information' is true";

  @Override
  public String keyword() {
    return "multiple-choice";
  }

  @Override
  public Class<MultipleChoice> specification() {
    return MultipleChoice.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "accuracy",
            "column=value",
            Unit.FRACTION,
            "The share of questions whose right answer has the largest log-likelihood"
                + " (lm-evaluation-harness: acc). Wilson interval."),
        MeasurementInfo.number(
            "normalised accuracy",
            Unit.FRACTION,
            "The same with each log-likelihood divided by the answer's characters"
                + " (lm-evaluation-harness: acc_norm). Wilson interval."),
        MeasurementInfo.number(
            "byte-normalised accuracy",
            Unit.FRACTION,
            "The same with each log-likelihood divided by the answer's bytes"
                + " (lm-evaluation-harness: acc_bytes). Wilson interval."),
        MeasurementInfo.number(
                "mutual information accuracy",
                Unit.FRACTION,
                "The same with the log-likelihood of the answer without its question taken off"
                    + " (lm-evaluation-harness: acc_mutual_info). Wilson interval.")
            .measured(GAINS),
        MeasurementInfo.number(
            "mean margin",
            Unit.NATS,
            "By how much the right answer is likelier than the likeliest wrong one, on average. t"
                + " interval."),
        MeasurementInfo.number(
            "brier score",
            Unit.NUMBER,
            "The mean over questions of the squared errors of the answers' probabilities, which are"
                + " softmax of their log-likelihoods (Brier, 1950). t interval."),
        MeasurementInfo.number(
            "expected calibration error",
            Unit.NUMBER,
            "The mean distance of confidence and accuracy over 15 bins (Guo et al., 2017)."),
        SliceInfo.worstSlice("accuracy", Unit.FRACTION),
        SliceInfo.weakSlices(),
        SliceInfo.weakSliceGap("share of wrong answers", Unit.FRACTION),
        MeasurementInfo.number(
            "ties",
            Unit.NUMBER,
            "How many questions have several likeliest answers, of which the first is taken."),
        MeasurementInfo.number(
            "unexplained ties",
            Unit.NUMBER,
            "How many of these ties rounding does not explain: all where logits are float32; with"
                + " float16 and bfloat16 those of the same tokens, or of a logit that most of the"
                + " vocabulary has. Expected to be none."),
        MeasurementInfo.number("questions", Unit.NUMBER, "How many questions were asked."),
        Softmaxed.OF_CONTINUATIONS,
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "How many questions have log-likelihoods that are NaN or infinite; expected to be"
                + " none."));
  }

  @Override
  public Set<String> unmet(MultipleChoice specification) {
    return specification.mutualInformation() ? Set.of() : Set.of(GAINS);
  }

  @Override
  public List<Expectation> implied(MultipleChoice specification) {
    return List.of(
        MultipleChoice.nonFiniteOutputs().isEqualTo(0),
        MultipleChoice.unexplainedTies().isEqualTo(0),
        MultipleChoice.softmaxedOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(MultipleChoice specification, ProbeContext context) {
    try (TextModel model = TextModel.open(context, specification.setup());
        DataRows rows = DataRows.open(specification.data(), context::resolve)) {
      ChoiceTally tally =
          new ChoiceTally(
              Slicer.of(specification.slices(), specification.data(), context),
              specification.mutualInformation(),
              model.tokenizer().readsTexts(),
              context.seed());
      Continuations continuations =
          new Continuations(
              model, specification.setup(), specification.special(), specification.prefix());
      Questions questions = new Questions(specification, continuations, tally);
      long done = 0;
      for (Optional<DataRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        questions.ask(model.readable(row.get(), specification.answer()));
        context.progress().at(++done, rows.total(), "questions");
      }
      continuations.flush();
      return continuations.with(tally.finish());
    }
  }
}
