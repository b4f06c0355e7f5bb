package org.modelvitals.checks.language;

import java.util.List;
import java.util.Optional;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.checks.slices.SliceInfo;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataException;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link Cloze} declares. */
public final class ClozeProbe implements ProbeType<Cloze> {

  @Override
  public String keyword() {
    return "cloze";
  }

  @Override
  public Class<Cloze> specification() {
    return Cloze.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "accuracy",
            "column=value",
            Unit.FRACTION,
            "The share of texts whose last word the model would say: each of its tokens is the most"
                + " probable one, of equal ones the lowest id. Wilson interval."),
        MeasurementInfo.withParts(
            "perplexity",
            "column=value",
            Unit.NUMBER,
            "The exponential of the mean negative log-probability of a last word, all its tokens"
                + " together. t interval."),
        SliceInfo.worstSlice("accuracy", Unit.FRACTION),
        SliceInfo.weakSlices(),
        SliceInfo.weakSliceGap("share of wrong answers", Unit.FRACTION),
        MeasurementInfo.number(
            "ties",
            Unit.NUMBER,
            "How many last words have no more probable ones before them, but exactly as probable"
                + " ones."),
        MeasurementInfo.number(
            "unexplained ties",
            Unit.NUMBER,
            "How many of these ties rounding does not explain: all where logits are float32; with"
                + " float16 and bfloat16 those of a logit that most of the vocabulary has. Expected to"
                + " be none."),
        MeasurementInfo.number("words", Unit.NUMBER, "How many last words there were."),
        Softmaxed.OF_CONTINUATIONS,
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "How many log-probabilities are NaN or infinite; expected to be none."));
  }

  @Override
  public List<Expectation> implied(Cloze specification) {
    return List.of(
        Cloze.nonFiniteOutputs().isEqualTo(0),
        Cloze.unexplainedTies().isEqualTo(0),
        Cloze.softmaxedOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Cloze specification, ProbeContext context) {
    try (TextModel model = TextModel.open(context, specification.setup());
        Texts texts = Texts.open(specification.source(), context::resolve, model)) {
      ClozeTally tally =
          new ClozeTally(Slicer.of(specification.slices(), specification.source().data(), context));
      Continuations continuations =
          new Continuations(model, specification.setup(), specification.special(), null);
      long done = 0;
      for (Optional<Text> text = texts.next(); text.isPresent(); text = texts.next()) {
        ask(specification, text.get(), continuations, tally);
        context.progress().at(++done, texts.total(), "texts");
      }
      continuations.flush();
      return continuations.with(tally.finish(model.tokenizer()));
    }
  }

  private static void ask(
      Cloze declared, Text text, Continuations continuations, ClozeTally tally) {
    String target = declared.target();
    String whole = text.text().stripTrailing();
    int blank = whole.lastIndexOf(' ');
    if (target == null && blank <= 0) {
      throw new DataException(
          "%s: '%s' has no last word with something before it"
              .formatted(text.where(), Continuations.shortened(whole)));
    }
    String before = target == null ? whole.substring(0, blank) : text.text();
    String word = target == null ? whole.substring(blank + 1) : text.row().text(target);
    continuations.add(
        text.where(),
        before,
        declared.delimiter() + word,
        found -> tally.add(text, before, word, found));
  }
}
