package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.DistributionTally.Apart;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.RatioOfSums;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** The measurements of the distributions at the positions of texts. */
final class DistributionReading {
  private static final int NAMED = 12;

  private final DistributionTally tally;
  private final Tokenizer tokenizer;
  private final double floor;
  private final boolean compares;

  /** Tokens that the tokenizer has: what a model has beyond them fills up its matrices. */
  private final Set<Long> named;

  private final List<List<Integer>> ties;
  private final Reading.Builder reading = Reading.builder();

  /**
   * @param compares whether there is something that the model is held against
   */
  DistributionReading(
      DistributionTally tally, Tokenizer tokenizer, double floor, boolean compares) {
    this.tally = tally;
    this.tokenizer = tokenizer;
    this.floor = floor;
    this.compares = compares;
    this.named = Set.copyOf(tokenizer.vocabulary().values());
    this.ties = tally.ties.groups(token -> named.contains((long) token));
  }

  Reading make() {
    List<Integer> dead = dead();
    String reason = tally.firstNonFinite;
    if (reason == null && tally.positions > 0) {
      addDefined(dead);
    } else {
      addUndefined(reason == null ? "there were no texts with tokens" : reason);
    }
    reading
        .add(Measurement.exact("softmaxed positions", (double) tally.softmaxed, NUMBER))
        .add(Measurement.exact("non-finite outputs", (double) tally.nonFinite, NUMBER))
        .add(Measurement.exact("positions", (double) tally.positions, NUMBER))
        .add(Measurement.exact("vocabulary", tally.largest.length, NUMBER));
    addEvidence(dead);
    return reading.build();
  }

  /** Tokens of the tokenizer that are no special ones and never reach the floor. */
  private List<Integer> dead() {
    List<Integer> dead = new ArrayList<>();
    if (tally.positions == 0) {
      return dead;
    }
    Set<Long> special = tokenizer.special();
    for (int token = 0; token < tally.largest.length; token++) {
      if (tally.largest[token] < floor
          && named.contains((long) token)
          && !special.contains((long) token)) {
        dead.add(token);
      }
    }
    return dead;
  }

  private void addDefined(List<Integer> dead) {
    long positions = tally.positions;
    reading
        .add(mean("mean entropy", tally.entropy, NATS))
        .add(Measurement.sampled("min entropy", tally.minEntropy, NATS, positions, null))
        .add(Measurement.sampled("max entropy", tally.maxEntropy, NATS, positions, null))
        .add(share("collapsed positions", tally.collapsed, positions))
        .add(share("flat positions", tally.flat, positions))
        .add(Measurement.exact("dead tokens", dead.size(), NUMBER))
        .add(Measurement.exact("tied tokens", ties.stream().mapToInt(List::size).sum(), NUMBER))
        .add(Measurement.exact("probability sum", tally.farthestSum, NUMBER));
    if (!compares) {
      return;
    }
    long compared = tally.compared;
    if (compared == 0) {
      addUndefinedDistances("no position has a distribution to be held against");
    } else {
      reading
          .add(mean("mean kl divergence", tally.klDivergence, NATS))
          .add(Measurement.sampled("max kl divergence", tally.maxKl, NATS, compared, null))
          .add(mean("mean js divergence", tally.jsDivergence, NATS))
          .add(Measurement.sampled("max js divergence", tally.maxJs, NATS, compared, null))
          .add(mean("mean total variation", tally.totalVariation, NUMBER))
          .add(
              Measurement.sampled(
                  "max total variation", tally.maxVariation, NUMBER, compared, null))
          .add(maxDifference(compared))
          .add(share("top-1 agreement", tally.agreeing, compared));
    }
    reading.add(Measurement.exact("compared positions", (double) compared, NUMBER));
  }

  private Measurement maxDifference(long compared) {
    Measurement plain =
        Measurement.sampled(
            "max probability difference", tally.maxDifference, NUMBER, compared, null);
    String at = tally.maxDifferenceAt;
    return at == null ? plain : plain.note(at);
  }

  private static Measurement mean(String name, RatioOfSums sums, Unit unit) {
    long count = (long) sums.denominator();
    return Double.isInfinite(sums.value())
        ? Measurement.sampled(name, sums.value(), unit, count, null)
            .note("the model rules out, with a logit of minus infinity, what may come")
        : Measurement.sampled(name, sums.value(), unit, count, sums.interval());
  }

  private static Measurement share(String name, long count, long all) {
    return Measurement.sampled(
        name, (double) count / all, FRACTION, all, Intervals.wilson(count, all));
  }

  private void addUndefined(String reason) {
    for (String name : List.of("mean entropy", "min entropy", "max entropy")) {
      undefined(name, NATS, reason);
    }
    undefined("collapsed positions", FRACTION, reason);
    undefined("flat positions", FRACTION, reason);
    for (String name : List.of("dead tokens", "tied tokens", "probability sum")) {
      undefined(name, NUMBER, reason);
    }
    if (compares) {
      addUndefinedDistances(reason);
      reading.add(Measurement.exact("compared positions", (double) tally.compared, NUMBER));
    }
  }

  private void addUndefinedDistances(String reason) {
    for (String name : List.of("kl divergence", "js divergence")) {
      undefined("mean " + name, NATS, reason);
      undefined("max " + name, NATS, reason);
    }
    for (String name :
        List.of("mean total variation", "max total variation", "max probability difference")) {
      undefined(name, NUMBER, reason);
    }
    undefined("top-1 agreement", FRACTION, reason);
  }

  private void undefined(String name, Unit unit, String reason) {
    reading.add(Measurement.undefined(name, unit, tally.positions, reason));
  }

  private void addEvidence(List<Integer> dead) {
    String nonFinite = tally.firstNonFinite;
    if (nonFinite != null) {
      note(
          "Logits that are no finite numbers",
          "%s, one of %,d such positions".formatted(nonFinite, tally.nonFinite));
      return;
    }
    String softmaxed = tally.firstSoftmaxed;
    if (softmaxed != null) {
      reading.add(Softmaxed.note("at " + softmaxed));
    }
    if (!tally.worst.isEmpty()) {
      addWorst();
    }
    if (!dead.isEmpty()) {
      note(
          "Dead tokens",
          String.format(
              Locale.ROOT,
              "%,d of %,d tokens never reach a probability of %s: %s",
              dead.size(),
              tally.largest.length,
              Quantity.number(floor).display(),
              names(dead)));
    }
    if (!ties.isEmpty()) {
      note(
          "Tied tokens",
          "these tokens have the same logit, to the bit, at all %,d positions: %s"
              .formatted(
                  tally.positions,
                  ties.stream().limit(NAMED).map(this::names).collect(Collectors.joining("; "))));
    }
    entropyNote(
        "Collapsed distributions", tally.collapsed, tally.firstCollapsed, "below", tally.low());
    entropyNote("Flat distributions", tally.flat, tally.firstFlat, "above", tally.high());
    if (tally.positions > 0) {
      reading.add(histogram());
    }
  }

  private void addWorst() {
    Apart first = tally.worst.first();
    String sentence =
        String.format(
            Locale.ROOT,
            "the model is farthest from the known distribution at %s: divergence %.3g nats, '%s' is"
                + " the most probable token there, %s",
            first.where(),
            first.distance().klDivergence(),
            first.said(),
            first.distance().agrees()
                ? "as it should be"
                : "'%s' should be".formatted(first.known()));
    reading.add(
        new Evidence.Bars(
            "The position farthest from what is known", sentence, NUMBER, tally.worstBars));
    reading.add(
        new Evidence.Table(
            "Positions farthest from what is known",
            "",
            List.of("position", "kl, nats", "total variation", "known top", "model's top"),
            tally.worst.stream()
                .map(
                    apart ->
                        List.of(
                            apart.where(),
                            String.format(Locale.ROOT, "%.4g", apart.distance().klDivergence()),
                            String.format(Locale.ROOT, "%.4g", apart.distance().totalVariation()),
                            apart.known(),
                            apart.said()))
                .toList()));
  }

  private void entropyNote(
      String title, long count, @Nullable String first, String side, double bound) {
    if (first != null) {
      note(
          title,
          String.format(
              Locale.ROOT,
              "the entropy is %s %.4g nats at %,d of %,d positions, first at %s",
              side,
              bound,
              count,
              tally.positions,
              first));
    }
  }

  private void note(String title, String sentence) {
    reading.add(new Evidence.Note(title, sentence));
  }

  private String names(List<Integer> tokens) {
    String shown =
        tokens.stream()
            .limit(NAMED)
            .map(token -> "'" + tokenizer.name(token) + "'")
            .collect(Collectors.joining(", "));
    return tokens.size() > NAMED
        ? "%s and %,d more".formatted(shown, tokens.size() - NAMED)
        : shown;
  }

  private Evidence histogram() {
    double most = Math.log(tally.largest.length);
    List<Evidence.Histogram.Bin> bins = new ArrayList<>();
    for (int i = 0; i < DistributionTally.ENTROPY_BINS; i++) {
      bins.add(
          new Evidence.Histogram.Bin(
              most * i / DistributionTally.ENTROPY_BINS,
              most * (i + 1) / DistributionTally.ENTROPY_BINS,
              tally.entropies[i]));
    }
    return new Evidence.Histogram(
        "Entropy of the next token",
        "",
        NATS,
        bins,
        List.of(new Evidence.Histogram.Mark("mean", tally.entropy.value())));
  }
}
