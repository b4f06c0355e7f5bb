package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Logits;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.RatioOfSums;

/** Sums up how far a model's distributions are from those of a reference. */
final class ParityTally {
  private final int top;
  private final Comparison<Place> logits = new Comparison<>(new Allowance(0.0, 0));
  private final RatioOfSums kl = new RatioOfSums();
  private final RatioOfSums js = new RatioOfSums();
  private final RatioOfSums surprise = new RatioOfSums();
  private final RatioOfSums referenceSurprise = new RatioOfSums();
  private final RatioOfSums more = new RatioOfSums();
  private final double[] ours;
  private final double[] theirs;
  private long positions;
  private long agreeing;
  private long nonFinite;
  private long unjudged;
  private double largestKl;
  private @Nullable Parting first;
  private @Nullable Parting farthest;

  /**
   * @param top how many of each model's most probable tokens are kept where the two part
   */
  ParityTally(int vocabulary, int top) {
    this.top = top;
    this.ours = new double[vocabulary];
    this.theirs = new double[vocabulary];
  }

  /** Takes in the logits of both for one sequence. */
  void add(Prompt prompt, Logits model, Logits reference) {
    int length = prompt.length();
    double[] divergences = new double[length];
    Arrays.fill(divergences, Double.NaN);
    double ofKl = 0;
    double ofJs = 0;
    double nats = 0;
    double referenceNats = 0;
    long judged = 0;
    long predicted = 0;
    Parting opened = null;
    Parting widest = null;
    int from = Math.max(model.firstPosition(0), reference.firstPosition(0));
    for (int at = from; at < length; at++) {
      model.read(0, at, ours);
      reference.read(0, at, theirs);
      positions++;
      if (!judges(ours, theirs)) {
        continue;
      }
      logits.add(ours, theirs, new Place(prompt, at, ""));
      Divergence divergence = Divergence.of(theirs, ours);
      divergences[at] = divergence.kl();
      ofKl += divergence.kl();
      ofJs += divergence.js();
      judged++;
      boolean agrees = Divergence.top(ours) == Divergence.top(theirs);
      agreeing += agrees ? 1 : 0;
      if (!agrees && first == null && opened == null) {
        opened = Parting.at(prompt, at, ours, theirs, top, divergences);
      }
      if (divergence.kl() > largestKl) {
        largestKl = divergence.kl();
        widest = Parting.at(prompt, at, ours, theirs, top, divergences);
      }
      if (at + 1 < length) {
        int next = Math.toIntExact(prompt.ids()[at + 1]);
        nats += Divergence.normalizer(ours) - ours[next];
        referenceNats += Divergence.normalizer(theirs) - theirs[next];
        predicted++;
      }
    }
    first = first == null ? opened : first;
    farthest = widest == null ? farthest : widest;
    if (judged > 0) {
      kl.add(ofKl, (double) judged);
      js.add(ofJs, (double) judged);
    }
    if (predicted > 0) {
      surprise.add(nats, (double) predicted);
      referenceSurprise.add(referenceNats, (double) predicted);
      more.add(nats - referenceNats, (double) predicted);
    }
  }

  /** Whether there are two distributions. A logit of minus infinity is a token that cannot come. */
  private boolean judges(double[] model, double[] reference) {
    if (!isDistribution(reference)) {
      unjudged++;
      return false;
    }
    if (!isDistribution(model)) {
      nonFinite++;
      return false;
    }
    return true;
  }

  private static boolean isDistribution(double[] logits) {
    boolean any = false;
    for (double logit : logits) {
      if (Double.isNaN(logit) || logit == Double.POSITIVE_INFINITY) {
        return false;
      }
      any |= logit != Double.NEGATIVE_INFINITY;
    }
    return any;
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    long judged = logits.places();
    reading.add(mean("mean kl divergence", kl));
    reading.add(number("max kl divergence", largestKl, judged));
    reading.add(mean("mean js divergence", js));
    reading.add(
        judged == 0
            ? Measurement.undefined("top-1 agreement", FRACTION, 0, why())
            : Measurement.sampled(
                "top-1 agreement",
                (double) agreeing / judged,
                FRACTION,
                judged,
                Intervals.wilson(agreeing, judged)));
    reading.add(
        judged == 0
            ? Measurement.undefined("max difference", NUMBER, 0, why())
            : Measurement.exact("max difference", logits.largest(), NUMBER));
    reading.add(
        judged == 0
            ? Measurement.undefined("mean difference", NUMBER, 0, why())
            : Measurement.sampled("mean difference", logits.mean(), NUMBER, judged, null));
    reading.add(exponential("perplexity", surprise));
    reading.add(exponential("reference perplexity", referenceSurprise));
    reading.add(exponential("perplexity ratio", more));
    reading.add(Measurement.exact("non-finite outputs", (double) nonFinite, NUMBER));
    Parting parting = first;
    reading.add(Measurement.text("first disagreement", parting == null ? "none" : parting.where()));
    Measurement compared = Measurement.exact("positions", (double) positions, NUMBER);
    reading.add(unjudged == 0 ? compared : compared.note(withoutReference()));
    Parting shown = parting == null ? farthest : parting;
    if (shown != null) {
      String sentence =
          String.format(
              Locale.ROOT, "%s; %,d of %,d positions disagree", shown, judged - agreeing, judged);
      reading.add(shown.strip(sentence));
      reading.add(shown.bars());
    }
    return reading.build();
  }

  private String withoutReference() {
    return String.format(
        Locale.ROOT,
        "after %,d of them the reference gives no distribution, and nothing was compared",
        unjudged);
  }

  private String why() {
    return positions == 0
        ? "there were no sequences"
        : String.format(
            Locale.ROOT,
            "after none of %,d positions both give a distribution of finite numbers",
            positions);
  }

  private Measurement mean(String name, RatioOfSums sums) {
    return sums.clusters() == 0
        ? Measurement.undefined(name, NATS, 0, why())
        : Measurement.sampled(name, sums.value(), NATS, logits.places(), sums.interval());
  }

  private Measurement number(String name, double value, long judged) {
    return judged == 0
        ? Measurement.undefined(name, NATS, 0, why())
        : Measurement.sampled(name, value, NATS, judged, null);
  }

  private Measurement exponential(String name, RatioOfSums sums) {
    if (sums.clusters() == 0) {
      return Measurement.undefined(
          name, NUMBER, 0, "no sequence has a token that the one before it predicts");
    }
    Interval nats = sums.interval();
    return Measurement.sampled(
        name,
        Math.exp(sums.value()),
        NUMBER,
        Math.round(sums.denominator()),
        new Interval(Math.exp(nats.low()), Math.exp(nats.high()), nats.level(), nats.method()));
  }
}
