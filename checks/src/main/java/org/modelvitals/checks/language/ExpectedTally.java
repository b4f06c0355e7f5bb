package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
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

/** Sums up where expected tokens stand among those that may come next, and forbidden ones. */
final class ExpectedTally {
  private static final int WORST = 20;

  private final int top;
  private final Moments logProbability = new Moments();
  private final TreeSet<Found> late =
      new TreeSet<>(
          Comparator.comparingInt((Found found) -> -found.rank())
              .thenComparingDouble(Found::probability)
              .thenComparingLong(Found::index));
  private final TreeSet<Found> likely =
      new TreeSet<>(
          Comparator.comparingDouble((Found found) -> -found.probability())
              .thenComparingLong(Found::index));
  private long expected;
  private long first;
  private long withinTop;
  private int worstRank;
  private double leastExpected = 1;
  private long forbidden;
  private double largestForbidden;
  private long ruledOut;
  private long nonFinite;

  /**
   * @param top for which k beside 1 it is counted how often the expected token is among the k most
   *     probable
   */
  ExpectedTally(int top) {
    this.top = top;
  }

  /**
   * A token and where it stands.
   *
   * @param said the most probable token
   */
  private record Found(
      long index, String where, long id, String token, int rank, double probability, String said) {}

  /** Takes in a text; of several expected tokens the likeliest counts, of forbidden ones too. */
  void add(
      long index,
      String where,
      long[] expectedTokens,
      long[] forbiddenTokens,
      NextTokens model,
      Tokenizer tokenizer) {
    if (model.nonFinite() > 0) {
      nonFinite += expectedTokens.length + forbiddenTokens.length > 0 ? 1 : 0;
      return;
    }
    String said = tokenizer.name(model.top(1).get(0));
    if (expectedTokens.length > 0) {
      addExpected(found(index, where, expectedTokens, model, tokenizer, said), model);
    }
    if (forbiddenTokens.length > 0) {
      forbidden++;
      Found found = found(index, where, forbiddenTokens, model, tokenizer, said);
      largestForbidden = Math.max(largestForbidden, found.probability());
      keep(likely, found);
    }
  }

  private void addExpected(Found found, NextTokens model) {
    expected++;
    first += found.rank() == 1 ? 1 : 0;
    withinTop += found.rank() <= top ? 1 : 0;
    worstRank = Math.max(worstRank, found.rank());
    leastExpected = Math.min(leastExpected, found.probability());
    if (found.probability() > 0) {
      logProbability.add(model.logProbability(found.id()));
    } else {
      ruledOut++;
    }
    if (found.rank() > 1 && model.size() > 1) {
      keep(late, found);
    }
  }

  private static void keep(NavigableSet<Found> worst, Found found) {
    worst.add(found);
    if (worst.size() > WORST) {
      worst.pollLast();
    }
  }

  private static Found found(
      long index, String where, long[] tokens, NextTokens model, Tokenizer tokenizer, String said) {
    long likeliest = tokens[0];
    for (long token : tokens) {
      likeliest = model.logProbability(token) > model.logProbability(likeliest) ? token : likeliest;
    }
    return new Found(
        index,
        where,
        likeliest,
        tokenizer.name(likeliest),
        rank(likeliest, tokens, model),
        model.probability(likeliest),
        said);
  }

  /**
   * The rank of the likeliest of some tokens, before which others that are as likely do not count.
   */
  private static int rank(long likeliest, long[] tokens, NextTokens model) {
    double best = model.logProbability(likeliest);
    int equal =
        (int)
            Arrays.stream(tokens)
                .distinct()
                .filter(token -> token != likeliest && model.logProbability(token) == best)
                .count();
    return model.rank(likeliest) - equal;
  }

  /** Adds the measurements of what was expected or forbidden anywhere. */
  void finish(Reading.Builder reading) {
    if (expected + forbidden > 0 && nonFinite > 0) {
      addUndefined(reading);
      return;
    }
    if (expected > 0) {
      reading.add(accuracy(1, first));
      if (top > 1) {
        reading.add(accuracy(top, withinTop));
      }
      reading
          .add(Measurement.sampled("worst expected rank", worstRank, NUMBER, expected, null))
          .add(
              Measurement.sampled(
                  "min expected probability", leastExpected, NUMBER, expected, null))
          .add(meanLogProbability());
    }
    if (forbidden > 0) {
      reading.add(
          Measurement.sampled(
              "max forbidden probability", largestForbidden, NUMBER, forbidden, null));
    }
    evidence("Expected tokens that are not the most probable", late, reading, "should follow");
    evidence("Forbidden tokens", likely, reading, "must not follow");
  }

  private Measurement meanLogProbability() {
    String name = "mean expected log probability";
    return ruledOut > 0
        ? Measurement.sampled(name, Double.NEGATIVE_INFINITY, NATS, expected, null)
            .note("%,d expected tokens have the probability 0".formatted(ruledOut))
        : Measurement.sampled(
            name, logProbability.mean(), NATS, expected, Intervals.mean(logProbability));
  }

  private Measurement accuracy(int k, long hits) {
    return Measurement.sampled(
        "top-k accuracy[" + k + "]",
        (double) hits / expected,
        FRACTION,
        expected,
        Intervals.wilson(hits, expected));
  }

  private void addUndefined(Reading.Builder reading) {
    String reason = "after %,d texts the logits are not all finite".formatted(nonFinite);
    if (expected > 0) {
      undefined(reading, "top-k accuracy[1]", FRACTION, reason);
      if (top > 1) {
        undefined(reading, "top-k accuracy[" + top + "]", FRACTION, reason);
      }
      undefined(reading, "worst expected rank", NUMBER, reason);
      undefined(reading, "min expected probability", NUMBER, reason);
      undefined(reading, "mean expected log probability", NATS, reason);
    }
    if (forbidden > 0) {
      undefined(reading, "max forbidden probability", NUMBER, reason);
    }
  }

  private void undefined(Reading.Builder reading, String name, Unit unit, String reason) {
    reading.add(Measurement.undefined(name, unit, expected + forbidden, reason));
  }

  private static void evidence(
      String title, NavigableSet<Found> worst, Reading.Builder reading, String verb) {
    @Nullable Found one = worst.isEmpty() ? null : worst.first();
    if (one == null) {
      return;
    }
    reading.add(
        new Evidence.Table(
            title,
            String.format(
                Locale.ROOT,
                "%s: '%s' %s; the model gives it probability %.4g and rank %d, and says '%s'",
                one.where(),
                one.token(),
                verb,
                one.probability(),
                one.rank(),
                one.said()),
            List.of("row", "token", "rank", "probability", "most probable"),
            worst.stream()
                .map(
                    found ->
                        List.of(
                            found.where(),
                            found.token(),
                            Integer.toString(found.rank()),
                            String.format(Locale.ROOT, "%.4g", found.probability()),
                            found.said()))
                .toList()));
  }
}
