package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Logits;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.RatioOfSums;

/** Sums up how far a model's distributions are from those of a reference. */
final class ParityTally {
  private final int top;
  private final Comparison<Place> logits = new Comparison<>(Allowance.declared(0));
  private final RatioOfSums differences = new RatioOfSums();
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
  private long impossible;
  private long impossibleToReference;
  private @Nullable String firstFault;
  private @Nullable String firstFaultOfReference;
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
    double sum = logits.sum();
    long finite = logits.finite();
    Parting opened = null;
    Parting widest = null;
    int from = Math.max(model.firstPosition(0), reference.firstPosition(0));
    for (int at = from; at < length; at++) {
      model.read(0, at, ours);
      reference.read(0, at, theirs);
      positions++;
      if (!judges(prompt, at)) {
        continue;
      }
      logits.add(ours, theirs, new Place(prompt, at, ""));
      Divergence divergence = Divergence.of(theirs, ours);
      divergences[at] = divergence.kl();
      ofKl += divergence.kl();
      ofJs += divergence.js();
      judged++;
      rulesOut(prompt, at);
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
      differences.add(logits.sum() - sum, (double) (logits.finite() - finite));
    }
    if (predicted > 0) {
      surprise.add(nats, (double) predicted);
      referenceSurprise.add(referenceNats, (double) predicted);
      more.add(nats - referenceNats, (double) predicted);
    }
  }

  /** Whether there are two distributions. A logit of minus infinity is a token that cannot come. */
  private boolean judges(Prompt prompt, int at) {
    if (!isDistribution(theirs)) {
      unjudged++;
      fault(false, "after %s the reference gives no distribution".formatted(prompt.at(at)));
      return false;
    }
    if (!isDistribution(ours)) {
      nonFinite++;
      fault(true, "after %s the model gives no distribution".formatted(prompt.at(at)));
      return false;
    }
    return true;
  }

  /** Looks for a token that cannot come for one of the two, by minus infinity, and can for both. */
  private void rulesOut(Prompt prompt, int at) {
    int byModel = ruledOut(ours, theirs);
    int byReference = ruledOut(theirs, ours);
    if (byModel >= 0) {
      impossible++;
      fault(
          true,
          "after %s the model's logit of %s is -Infinity, so that it cannot come; the reference gives %s"
              .formatted(prompt.at(at), prompt.token(byModel), Findings.number(theirs[byModel])));
    }
    if (byReference >= 0) {
      impossibleToReference++;
      fault(
          false,
          "after %s the reference's logit of %s is -Infinity, so that it cannot come; the model gives %s"
              .formatted(
                  prompt.at(at), prompt.token(byReference), Findings.number(ours[byReference])));
    }
  }

  private void fault(boolean model, String sentence) {
    if (model) {
      firstFault = firstFault == null ? sentence : firstFault;
    } else {
      firstFaultOfReference = firstFaultOfReference == null ? sentence : firstFaultOfReference;
    }
  }

  /**
   * The first token that {@code by} rules out and {@code other} gives a probability that is not 0
   * in double precision, or -1. A mask of -1e9 is as good as one of minus infinity.
   */
  private static int ruledOut(double[] by, double[] other) {
    double highest = other[Divergence.top(other)];
    for (int i = 0; i < by.length; i++) {
      if (by[i] == Double.NEGATIVE_INFINITY && Math.exp(other[i] - highest) > 0) {
        return i;
      }
    }
    return -1;
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
            : Measurement.sampled(
                "mean difference", logits.mean(), NUMBER, judged, differences.interval()));
    reading.add(exponential("perplexity", surprise));
    reading.add(exponential("reference perplexity", referenceSurprise));
    reading.add(exponential("perplexity ratio", more));
    reading.add(Measurement.exact("non-finite outputs", (double) nonFinite + impossible, NUMBER));
    reading.add(
        Measurement.exact(
            "non-finite reference", (double) unjudged + impossibleToReference, NUMBER));
    Parting parting = first;
    reading.add(Measurement.text("first disagreement", parting == null ? "none" : parting.where()));
    Measurement compared = Measurement.exact("positions", (double) judged, NUMBER);
    reading.add(unjudged == 0 ? compared : compared.note(withoutReference()));
    Parting shown = parting == null ? farthest : parting;
    Stream.of(firstFault, firstFaultOfReference)
        .filter(Objects::nonNull)
        .forEach(fault -> reading.add(new Evidence.Note("No distribution to compare", fault)));
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
        "of %,d; after %,d of them the reference gives no distribution, and nothing was compared",
        positions,
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
        : Measurement.sampled(name, sums.value(), NATS, logits.places(), interval(sums));
  }

  /** No interval where a token that cannot come made the sum infinite. */
  private static @Nullable Interval interval(RatioOfSums sums) {
    return Double.isFinite(sums.value()) ? sums.interval() : null;
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
    if (Double.isNaN(sums.value())) {
      return Measurement.undefined(
          name, NUMBER, 0, "a token of the sequences cannot come for either of the two");
    }
    Interval nats = interval(sums);
    return Measurement.sampled(
        name,
        Math.exp(sums.value()),
        NUMBER,
        Math.round(sums.denominator()),
        nats == null
            ? null
            : new Interval(
                Math.exp(nats.low()), Math.exp(nats.high()), nats.level(), nats.method()));
  }
}
