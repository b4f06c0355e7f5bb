package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.NextTokens;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.unit.Unit;

/** Sums up how far a model's next tokens are from the truth over many texts. */
final class TruthTally {
  private static final int WORST = 20;

  private final Moments divergence = new Moments();
  private final Moments jsDivergence = new Moments();
  private final Moments variation = new Moments();
  private final Moments entropy = new Moments();
  private final TreeSet<Row> worst =
      new TreeSet<>(
          Comparator.comparingDouble((Row row) -> -row.difference).thenComparingLong(Row::index));
  private long texts;
  private long truths;
  private long agreeing;
  private long nonFinite;
  private long ruledOut;
  private long softmaxed;
  private @Nullable String firstSoftmaxed;
  private double farthestSum = 1;
  private double largest;

  private record Row(
      long index, String where, String token, double truth, double model, double difference) {}

  /** Takes in a text; {@code truth} is null if its true probabilities are not known. */
  void add(long index, String where, @Nullable Truth truth, NextTokens model, Tokenizer tokenizer) {
    texts++;
    truths += truth == null ? 0 : 1;
    if (model.softmaxed()) {
      softmaxed++;
      firstSoftmaxed = firstSoftmaxed == null ? where : firstSoftmaxed;
    }
    if (model.nonFinite() > 0) {
      nonFinite++;
      return;
    }
    entropy.add(model.entropy());
    if (Math.abs(model.sum() - 1) > Math.abs(farthestSum - 1)) {
      farthestSum = model.sum();
    }
    if (truth != null) {
      add(index, where, truth, model, tokenizer.name(truth.farthest(model)));
    }
  }

  private void add(long index, String where, Truth truth, NextTokens model, String farthest) {
    double nats = truth.divergence(model);
    if (Double.isInfinite(nats)) {
      ruledOut++;
    } else {
      divergence.add(nats);
    }
    jsDivergence.add(truth.jsDivergence(model));
    variation.add(truth.totalVariation(model));
    if (truth.agrees(model)) {
      agreeing++;
    }
    long token = truth.farthest(model);
    double difference = truth.distance(model, token);
    largest = Math.max(largest, difference);
    if (worst.size() < WORST || difference > worst.last().difference) {
      worst.add(
          new Row(
              index,
              where,
              farthest,
              truth.probabilities().getOrDefault(token, 0.0),
              model.probability(token),
              difference));
      if (worst.size() > WORST) {
        worst.pollLast();
      }
    }
  }

  void merge(TruthTally other) {
    divergence.merge(other.divergence);
    jsDivergence.merge(other.jsDivergence);
    variation.merge(other.variation);
    entropy.merge(other.entropy);
    texts += other.texts;
    truths += other.truths;
    agreeing += other.agreeing;
    nonFinite += other.nonFinite;
    ruledOut += other.ruledOut;
    softmaxed += other.softmaxed;
    firstSoftmaxed = firstSoftmaxed == null ? other.firstSoftmaxed : firstSoftmaxed;
    largest = Math.max(largest, other.largest);
    if (Math.abs(other.farthestSum - 1) > Math.abs(farthestSum - 1)) {
      farthestSum = other.farthestSum;
    }
    worst.addAll(other.worst);
    while (worst.size() > WORST) {
      worst.pollLast();
    }
  }

  /**
   * The measurements.
   *
   * @param expected what else the texts were held against
   */
  Reading finish(int vocabulary, Tokenizer tokenizer, ExpectedTally expected) {
    Reading.Builder reading = Reading.builder();
    if (truths > 0) {
      addTruth(reading);
    }
    expected.finish(reading);
    reading
        .add(mean("mean entropy", entropy, NATS))
        .add(
            whole()
                ? Measurement.exact("probability sum", farthestSum, NUMBER)
                : undefined("probability sum", NUMBER))
        .add(Measurement.exact("softmaxed outputs", (double) softmaxed, NUMBER))
        .add(Measurement.exact("non-finite outputs", (double) nonFinite, NUMBER))
        .add(Measurement.exact("texts", (double) texts, NUMBER))
        .add(Measurement.exact("vocabulary", vocabulary, NUMBER))
        .add(NextTokenProbe.tokenizerVocabulary(tokenizer));
    if (nonFinite > 0) {
      reading.add(new Evidence.Note("Logits that are no finite numbers", reason()));
    }
    if (firstSoftmaxed != null) {
      reading.add(Softmaxed.note("at " + firstSoftmaxed));
    }
    if (!worst.isEmpty()) {
      reading.add(worstTexts());
    }
    return reading.build();
  }

  private void addTruth(Reading.Builder reading) {
    reading
        .add(meanDivergence())
        .add(mean("mean js divergence", jsDivergence, NATS))
        .add(
            whole()
                ? Measurement.sampled("max probability difference", largest, NUMBER, truths, null)
                : undefined("max probability difference", NUMBER))
        .add(
            nonFinite == truths
                ? undefined("top-1 agreement", FRACTION)
                : Measurement.sampled(
                    "top-1 agreement",
                    (double) agreeing / truths,
                    FRACTION,
                    truths,
                    Intervals.wilson(agreeing, truths)))
        .add(mean("mean total variation", variation, NUMBER));
  }

  private boolean whole() {
    return nonFinite == 0 && texts > 0;
  }

  private String reason() {
    return texts == 0
        ? "there were no texts"
        : "after %,d of %,d texts the logits are not all finite".formatted(nonFinite, texts);
  }

  private Measurement undefined(String name, Unit unit) {
    return Measurement.undefined(name, unit, texts, reason());
  }

  private Measurement meanDivergence() {
    return whole() && ruledOut > 0
        ? Measurement.sampled("mean kl divergence", Double.POSITIVE_INFINITY, NATS, truths, null)
            .note(
                "after %,d texts the model rules out, with a logit of minus infinity, what may come"
                    .formatted(ruledOut))
        : mean("mean kl divergence", divergence, NATS);
  }

  private Measurement mean(String name, Moments moments, Unit unit) {
    return whole()
        ? Measurement.sampled(name, moments.mean(), unit, moments.count(), Intervals.mean(moments))
        : undefined(name, unit);
  }

  private Evidence worstTexts() {
    Row first = worst.first();
    return new Evidence.Table(
        "Texts farthest from the truth",
        String.format(
            Locale.ROOT,
            "%s: '%s' should follow with probability %.4f, the model says %.4f",
            first.where,
            first.token,
            first.truth,
            first.model),
        List.of("row", "token", "truth", "model"),
        worst.stream()
            .map(
                row ->
                    List.of(
                        row.where,
                        row.token,
                        String.format(Locale.ROOT, "%.6f", row.truth),
                        String.format(Locale.ROOT, "%.6f", row.model)))
            .toList());
  }
}
