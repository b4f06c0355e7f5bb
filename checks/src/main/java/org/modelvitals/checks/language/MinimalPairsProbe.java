package org.modelvitals.checks.language;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Continuations.Likelihood;
import org.modelvitals.checks.language.PairTally.Pair;
import org.modelvitals.checks.slices.SliceInfo;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link MinimalPairs} declares. */
public final class MinimalPairsProbe implements ProbeType<MinimalPairs> {

  @Override
  public String keyword() {
    return "minimal-pairs";
  }

  @Override
  public Class<MinimalPairs> specification() {
    return MinimalPairs.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "accuracy",
            "column=value",
            Unit.FRACTION,
            "The share of pairs whose good sentence has the larger log-likelihood, as a whole"
                + " sentence (lm-evaluation-harness: acc). Wilson interval."),
        MeasurementInfo.withParts(
            "mean margin",
            "column=value",
            Unit.NATS,
            "By how much the good sentence is likelier, on average. t interval."),
        MeasurementInfo.number(
            "least margin", Unit.NATS, "By how much the good sentence is likelier, at least."),
        SliceInfo.worstSlice("accuracy", Unit.FRACTION),
        SliceInfo.weakSlices(),
        SliceInfo.weakSliceGap("share of wrong answers", Unit.FRACTION),
        MeasurementInfo.number(
            "ties",
            Unit.NUMBER,
            "How many pairs are exactly equally likely, which counts as right in the accuracy."),
        MeasurementInfo.number(
            "unexplained ties",
            Unit.NUMBER,
            "How many of these ties rounding does not explain: all where logits are float32; with"
                + " float16 and bfloat16 those of the same tokens, or of a logit that most of the"
                + " vocabulary has. Expected to be none."),
        MeasurementInfo.number("pairs", Unit.NUMBER, "How many pairs were compared."),
        Softmaxed.OF_CONTINUATIONS,
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "How many pairs have log-likelihoods that are NaN or infinite; expected to be none."));
  }

  @Override
  public List<Expectation> implied(MinimalPairs specification) {
    return List.of(
        MinimalPairs.nonFiniteOutputs().isEqualTo(0),
        MinimalPairs.unexplainedTies().isEqualTo(0),
        MinimalPairs.softmaxedOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(MinimalPairs specification, ProbeContext context) {
    try (TextModel model = TextModel.open(context, specification.setup());
        DataRows rows = DataRows.open(specification.data(), context::resolve)) {
      PairTally tally =
          new PairTally(Slicer.of(specification.slices(), specification.data(), context));
      Continuations continuations =
          new Continuations(model, specification.setup(), false, specification.prefix());
      long done = 0;
      for (Optional<DataRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        ask(specification, model.readable(row.get(), null), continuations, tally);
        context.progress().at(++done, rows.total(), "pairs");
      }
      continuations.flush();
      return continuations.with(tally.finish());
    }
  }

  private static void ask(
      MinimalPairs declared, DataRow row, Continuations continuations, PairTally tally) {
    String good = row.text(declared.good());
    String bad = row.text(declared.bad());
    if (good.equals(bad)) {
      throw new DataException(
          "%s: the good and the bad sentence are both '%s'; expected two that differ"
              .formatted(row.where(), Continuations.shortened(good)));
    }
    Margin margin = new Margin(row, good, bad, tally);
    continuations.add(row.where(), "", declared.delimiter() + good, margin::good);
    continuations.add(row.where(), "", declared.delimiter() + bad, margin::bad);
  }

  /** Waits for both likelihoods of a pair, which come in any order. */
  private static final class Margin {
    private final DataRow row;
    private final String good;
    private final String bad;
    private final PairTally tally;
    private @Nullable Likelihood ofGood;
    private @Nullable Likelihood ofBad;

    Margin(DataRow row, String good, String bad, PairTally tally) {
      this.row = row;
      this.good = good;
      this.bad = bad;
      this.tally = tally;
    }

    void good(Likelihood likelihood) {
      ofGood = likelihood;
      done();
    }

    void bad(Likelihood likelihood) {
      ofBad = likelihood;
      done();
    }

    private void done() {
      if (ofGood != null && ofBad != null) {
        tally.add(
            new Pair(
                row,
                good,
                bad,
                ofGood.logProbability() - ofBad.logProbability(),
                ofGood.mayTie(ofBad)));
      }
    }
  }
}
