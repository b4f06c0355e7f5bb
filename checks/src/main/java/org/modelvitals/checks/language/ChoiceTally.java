package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.quality.Calibration;
import org.modelvitals.checks.quality.Reliability;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.CellBootstrap;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.unit.Unit;

/** Counts how often a model finds the right answer the likeliest. */
final class ChoiceTally {
  private static final int KEPT = 20;

  private final boolean gains;
  private final boolean lengths;
  private final long seed;
  private final Hits hits = new Hits();
  private final HitSlices slices;
  private final Hits byCharacter = new Hits();
  private final Hits byByte = new Hits();
  private final Hits byGain = new Hits();
  private final Moments brier = new Moments();
  private final Moments margin = new Moments();
  private final Calibration calibration = new Calibration();
  private final TreeSet<Question> wrong =
      new TreeSet<>(
          Comparator.comparingDouble(Question::margin)
              .thenComparingLong(question -> question.row().index()));
  private long ties;
  private long unexplained;
  private @Nullable String firstTie;
  private long nonFinite;
  private @Nullable String firstNonFinite;

  /**
   * @param gains whether answers are scored without their questions too
   * @param lengths whether answers are texts, which have a length in characters and bytes
   * @param seed of the bootstrap
   */
  ChoiceTally(Slicer slicer, boolean gains, boolean lengths, long seed) {
    this.seed = seed;
    this.gains = gains;
    this.lengths = lengths;
    this.slices = new HitSlices(slicer);
  }

  /** How many of how many. */
  private static final class Hits {
    long right;
    long all;

    void add(boolean hit) {
      all++;
      right += hit ? 1 : 0;
    }

    Measurement measured(String name) {
      return Measurement.sampled(
          name, (double) right / all, FRACTION, all, Intervals.wilson(right, all));
    }
  }

  void add(Question question) {
    if (!question.isDecidable()) {
      nonFinite++;
      if (firstNonFinite == null) {
        firstNonFinite =
            "the log-likelihood of an answer at %s is no number, or none of them can come"
                .formatted(question.row().where());
      }
      return;
    }
    int said = question.likeliest();
    boolean right = question.right().contains(said);
    hits.add(right);
    slices.add(question.row(), right);
    byCharacter.add(question.right().contains(question.likeliestByCharacter()));
    byByte.add(question.right().contains(question.likeliestByByte()));
    if (gains) {
      byGain.add(question.right().contains(question.likeliestByGain()));
    }
    if (Double.isFinite(question.margin())) {
      margin.add(question.margin());
    }
    if (!question.tied().isEmpty()) {
      ties++;
      if (question.isTieUnexplained()) {
        unexplained++;
        firstTie = firstTie == null ? tie(question) : firstTie;
      }
    }
    addProbabilities(question, said, right);
    if (!right) {
      wrong.add(question);
      if (wrong.size() > KEPT) {
        wrong.pollLast();
      }
    }
  }

  private static String tie(Question question) {
    return "%s: '%s' and '%s' are exactly as likely, and the score takes the one that stands first"
        .formatted(
            question.row().where(),
            Continuations.shortened(question.choices().get(question.likeliest())),
            Continuations.shortened(question.choices().get(question.tied().get(0))));
  }

  private void addProbabilities(Question question, int said, boolean right) {
    double[] probabilities = question.probabilities();
    calibration.add(probabilities[said], right);
    if (question.right().size() == 1) {
      double sum = 0;
      for (int i = 0; i < probabilities.length; i++) {
        double error = probabilities[i] - (question.right().contains(i) ? 1 : 0);
        sum += error * error;
      }
      brier.add(sum);
    }
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    boolean whole = nonFinite == 0 && hits.all > 0;
    List<Evidence> bySlice = List.of();
    if (whole) {
      bySlice = addDefined(reading);
    } else {
      addUndefined(reading);
    }
    reading
        .add(Measurement.exact("ties", (double) ties, NUMBER))
        .add(Measurement.exact("unexplained ties", (double) unexplained, NUMBER))
        .add(Measurement.exact("questions", (double) (hits.all + nonFinite), NUMBER))
        .add(Measurement.exact("non-finite outputs", (double) nonFinite, NUMBER));
    if (firstTie != null) {
      reading.add(
          new Evidence.Note(
              "Equally likely answers", "%s, one of %,d such".formatted(firstTie, unexplained)));
    }
    if (whole) {
      if (!wrong.isEmpty()) {
        reading.add(wrongAnswers());
      }
      reading.add(Reliability.of(calibration, "questions"));
      bySlice.forEach(reading::add);
    }
    return reading.build();
  }

  private List<Evidence> addDefined(Reading.Builder reading) {
    reading
        .add(hits.measured("accuracy"))
        .add(normalised(byCharacter, "normalised accuracy"))
        .add(normalised(byByte, "byte-normalised accuracy"));
    if (gains) {
      reading.add(byGain.measured("mutual information accuracy"));
    }
    List<Evidence> bySlice = slices.measure(reading);
    reading.add(mean("mean margin", margin, NATS, "the model rules out answers of every question"));
    reading.add(mean("brier score", brier, NUMBER, "every question has several right answers"));
    reading.add(
        Measurement.sampled(
            "expected calibration error",
            calibration.expectedError(),
            NUMBER,
            hits.all,
            calibration.interval(CellBootstrap.RESAMPLES, seed)));
    return bySlice;
  }

  private Measurement normalised(Hits normalised, String name) {
    return lengths
        ? normalised.measured(name)
        : Measurement.undefined(
            name, FRACTION, hits.all, "answers are given as ids of tokens, which have no length");
  }

  private static Measurement mean(String name, Moments moments, Unit unit, String why) {
    return moments.count() == 0
        ? Measurement.undefined(name, unit, 0, why)
        : Measurement.sampled(name, moments.mean(), unit, moments.count(), Intervals.mean(moments));
  }

  private void addUndefined(Reading.Builder reading) {
    String reason = firstNonFinite == null ? "there were no questions" : firstNonFinite;
    for (String name : List.of("accuracy", "normalised accuracy", "byte-normalised accuracy")) {
      reading.add(Measurement.undefined(name, FRACTION, hits.all, reason));
    }
    if (gains) {
      reading.add(Measurement.undefined("mutual information accuracy", FRACTION, hits.all, reason));
    }
    reading.add(Measurement.undefined("mean margin", NATS, hits.all, reason));
    reading.add(Measurement.undefined("brier score", NUMBER, hits.all, reason));
    reading.add(Measurement.undefined("expected calibration error", NUMBER, hits.all, reason));
    if (nonFinite > 0) {
      reading.add(
          new Evidence.Note(
              "Log-likelihoods that are no finite numbers",
              "%s, one of %,d such questions".formatted(reason, nonFinite)));
    }
  }

  private Evidence wrongAnswers() {
    Question first = wrong.first();
    return new Evidence.Table(
        "Questions answered wrongly",
        String.format(
            Locale.ROOT,
            "%,d of %,d answers are wrong, most clearly at %s: '%s' is likelier than '%s' by %.2f"
                + " nats",
            hits.all - hits.right,
            hits.all,
            first.row().where(),
            Continuations.shortened(first.choices().get(first.likeliest())),
            Continuations.shortened(first.choices().get(first.bestRight())),
            -first.margin()),
        List.of("question", "right answer", "likeliest answer", "likelier by, nats"),
        wrong.stream()
            .map(
                question ->
                    List.of(
                        question.row().where(),
                        question.choices().get(question.bestRight()),
                        question.choices().get(question.likeliest()),
                        String.format(Locale.ROOT, "%.3f", -question.margin())))
            .toList());
  }
}
