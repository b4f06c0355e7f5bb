package org.modelvitals.checks.drift;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Divergence;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.MeanDiscrepancy;
import org.modelvitals.statistics.Moments;
import org.modelvitals.statistics.TwoSamples;
import org.modelvitals.statistics.TwoSamples.Found;
import org.modelvitals.unit.Quantity;

/**
 * Compares the values of one column with those of the reference: numbers, of more than ten
 * different values, in bins with equally many values of the reference; vectors by their mean
 * discrepancy; everything else as categories.
 */
final class Comparison {
  /** Numbers of no more values than these are categories. */
  private static final int FEW = 10;

  private static final int MOST_CATEGORIES = 1000;
  private static final String MISSING = "(none)";

  private final Drift declared;
  private final long seed;
  private final String name;
  private final List<@Nullable Object> then;
  private final List<@Nullable Object> now;
  private final List<Measurement> measurements = new ArrayList<>();

  Comparison(
      Drift declared,
      long seed,
      String name,
      List<@Nullable Object> then,
      List<@Nullable Object> now) {
    this.declared = declared;
    this.seed = seed;
    this.name = name;
    this.then = then;
    this.now = now;
  }

  Shift shift() {
    if (then.isEmpty() || now.isEmpty()) {
      return untested("there are no rows " + (then.isEmpty() ? "in the reference" : "now"), "psi");
    }
    if (values().anyMatch(double[].class::isInstance)) {
      return ofVectors();
    }
    boolean many =
        values().filter(Double.class::isInstance).distinct().limit(FEW + 1L).count() > FEW;
    if (many && areMostlyNumbers(then)) {
      return ofNumbers();
    }
    if (values().map(Object::toString).distinct().limit(MOST_CATEGORIES + 1L).count()
        <= MOST_CATEGORIES) {
      return ofCategories();
    }
    return many && areMostlyNumbers(now)
        ? ofNumbers()
        : untested(
            "there are more than %,d different values".formatted(MOST_CATEGORIES),
            "psi",
            "jensen-shannon distance");
  }

  private Stream<Object> values() {
    return Stream.concat(then.stream(), now.stream()).filter(Objects::nonNull);
  }

  /** A cell or two that are no numbers, such as 'n/a', make no categories of a column. */
  private static boolean areMostlyNumbers(List<@Nullable Object> values) {
    long given = values.stream().filter(Objects::nonNull).count();
    return given > 0 && 2 * (long) numbers(values).length >= given;
  }

  private Shift untested(String why, String... measures) {
    for (String measure : measures) {
      measurements.add(Measurement.undefined(measure + "[" + name + "]", NUMBER, now.size(), why));
    }
    return Shift.untested(name, why, measurements);
  }

  /** What is no number counts as missing here. */
  private Shift ofNumbers() {
    double[] before = numbers(then);
    double[] today = numbers(now);
    double[] edges = edges(before);
    long[] expected = counts(before, edges, then.size() - before.length);
    long[] actual = counts(today, edges, now.size() - today.length);
    double psi = addDivergences(expected, actual);
    Presence presence = new Presence(before.length, then.size(), today.length, now.size());
    addShare("missing share", now.size() - (long) today.length);
    Shift.Test test = presence.test();
    if (before.length > 1 && today.length > 1) {
      Found found = TwoSamples.kolmogorovSmirnov(before, today);
      measurements.add(
          Measurement.sampled(
              "ks statistic[" + name + "]",
              found.statistic(),
              NUMBER,
              today.length,
              TwoSamples.kolmogorovSmirnovInterval(
                  found.statistic(), before.length, today.length, Intervals.LEVEL)));
      measurements.add(
          Measurement.sampled("ks p-value[" + name + "]", found.p(), NUMBER, today.length, null));
      test =
          presence.with(
              new Shift.Test(
                  "Kolmogorov-Smirnov",
                  found.p(),
                  LeastP.ofOrder(before.length, today.length),
                  "mean " + shown(mean(before)),
                  "mean " + shown(mean(today))));
    } else {
      String why =
          "there are fewer than two numbers %s"
              .formatted(before.length < 2 ? "in the reference" : "now");
      for (String measure : List.of("ks statistic", "ks p-value")) {
        measurements.add(
            Measurement.undefined(measure + "[" + name + "]", NUMBER, today.length, why));
      }
    }
    return Shift.of(name, psi, test, measurements, bars(names(edges), expected, actual));
  }

  private static double[] numbers(List<@Nullable Object> values) {
    return values.stream()
        .filter(Double.class::isInstance)
        .mapToDouble(value -> ((Double) Objects.requireNonNull(value)))
        .toArray();
  }

  /** The inner edges of bins with about equally many numbers; an edge belongs to the bin above. */
  private double[] edges(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int bins = declared.bins();
    List<Double> edges = new ArrayList<>();
    for (int i = 1; i < bins && sorted.length > 0; i++) {
      double edge = sorted[(int) ((long) i * sorted.length / bins)];
      double last = edges.isEmpty() ? sorted[0] : edges.get(edges.size() - 1);
      if (edge > last) {
        edges.add(edge);
      }
    }
    return edges.stream().mapToDouble(edge -> edge).toArray();
  }

  private static long[] counts(double[] numbers, double[] edges, long missing) {
    long[] counts = new long[edges.length + 2];
    for (double number : numbers) {
      int place = Arrays.binarySearch(edges, number);
      counts[place >= 0 ? place + 1 : -place - 1]++;
    }
    counts[edges.length + 1] = missing;
    return counts;
  }

  private static List<String> names(double[] edges) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= edges.length; i++) {
      names.add(
          edges.length == 0
              ? "all"
              : i == 0
                  ? "under " + shown(edges[0])
                  : i == edges.length
                      ? shown(edges[i - 1]) + " and over"
                      : shown(edges[i - 1]) + " to " + shown(edges[i]));
    }
    names.add(MISSING);
    return names;
  }

  private Shift ofCategories() {
    Map<String, long[]> counted = new TreeMap<>();
    then.forEach(value -> count(counted, value)[0]++);
    now.forEach(value -> count(counted, value)[1]++);
    List<String> names = List.copyOf(counted.keySet());
    long[] expected = counted.values().stream().mapToLong(both -> both[0]).toArray();
    long[] actual = counted.values().stream().mapToLong(both -> both[1]).toArray();
    double psi = addDivergences(expected, actual);
    Found found = TwoSamples.chiSquare(expected, actual);
    measurements.add(
        Measurement.sampled(
            "chi-square p-value[" + name + "]", found.p(), NUMBER, now.size(), null));
    long unseen = 0;
    for (int i = 0; i < expected.length; i++) {
      unseen += expected[i] == 0 ? actual[i] : 0;
    }
    addShare("unseen share", unseen);
    addShare("missing share", now.stream().filter(Objects::isNull).count());
    return Shift.of(
        name,
        psi,
        new Shift.Test(
            "chi-square",
            found.p(),
            LeastP.ofCategories(then.size(), now.size()),
            changed(names, expected, actual, true),
            changed(names, expected, actual, false)),
        measurements,
        bars(names, expected, actual));
  }

  private static long[] count(Map<String, long[]> counted, @Nullable Object value) {
    String category =
        value == null
            ? MISSING
            : value instanceof Double
                ? org.modelvitals.checks.slices.SliceValues.text(value)
                : value.toString();
    return counted.computeIfAbsent(category, key -> new long[2]);
  }

  /** The category whose share has changed most, with its share. */
  private static String changed(
      List<String> names, long[] expected, long[] actual, boolean before) {
    double e = (double) Arrays.stream(expected).sum();
    double a = (double) Arrays.stream(actual).sum();
    int most = 0;
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(expected[i] / e - actual[i] / a)
          > Math.abs(expected[most] / e - actual[most] / a)) {
        most = i;
      }
    }
    double share = before ? expected[most] / e : actual[most] / a;
    return "'%s' in %s".formatted(names.get(most), Quantity.of(share, FRACTION).display());
  }

  private Shift ofVectors() {
    List<double[]> before = vectors(then);
    List<double[]> today = vectors(now);
    if (Stream.concat(before.stream(), today.stream()).mapToInt(v -> v.length).distinct().count()
        > 1) {
      return untested(
          "the vectors differ in length", "mean discrepancy", "mean discrepancy p-value");
    }
    Presence presence = new Presence(before.size(), then.size(), today.size(), now.size());
    addShare("missing share", now.size() - (long) today.size());
    Shift.Test test =
        before.size() < 2 || today.size() < 2
            ? presence.test()
            : presence.with(discrepancy(some(before), some(today)));
    if (before.size() < 2 || today.size() < 2) {
      for (String measure : List.of("mean discrepancy", "mean discrepancy p-value")) {
        measurements.add(
            Measurement.undefined(
                measure + "[" + name + "]",
                NUMBER,
                today.size(),
                "there are fewer than two vectors of finite numbers"));
      }
    }
    return Shift.of(name, Double.NaN, test, measurements, List.of());
  }

  private Shift.Test discrepancy(double[][] before, double[][] today) {
    String part = "[" + name + "]";
    MeanDiscrepancy discrepancy = new MeanDiscrepancy(before, today);
    int permutations = declared.permutations();
    long asLarge = discrepancy.asLarge(permutations, seed);
    double p = (asLarge + 1.0) / (permutations + 1.0);
    measurements.add(
        Measurement.sampled(
            "mean discrepancy" + part, discrepancy.squared(), NUMBER, today.length, null));
    measurements.add(
        Measurement.sampled(
                "mean discrepancy p-value" + part,
                p,
                NUMBER,
                today.length,
                Intervals.clopperPearson(asLarge + 1, permutations + 1L, Intervals.LEVEL))
            .note(
                "of %,d permutations of %,d vectors"
                    .formatted(permutations, before.length + today.length)));
    return new Shift.Test(
        "mean discrepancy",
        p,
        LeastP.ofPermutations(before.length, today.length, permutations),
        "%,d vectors".formatted(before.length),
        "%,d vectors".formatted(today.length));
  }

  /** Those of finite numbers. */
  private static List<double[]> vectors(List<@Nullable Object> values) {
    return values.stream()
        .filter(double[].class::isInstance)
        .map(double[].class::cast)
        .filter(vector -> Arrays.stream(vector).allMatch(Double::isFinite))
        .toList();
  }

  /** Evenly spread ones where there are more than are compared. */
  private double[][] some(List<double[]> all) {
    int wanted = Math.min(declared.vectors(), all.size());
    double[][] some = new double[wanted][];
    for (int i = 0; i < wanted; i++) {
      some[i] = all.get((int) ((long) i * all.size() / wanted));
    }
    return some;
  }

  private double addDivergences(long[] expected, long[] actual) {
    Divergence divergence = new Divergence(expected, actual);
    double psi = divergence.stabilityIndex();
    measurements.add(
        Measurement.sampled(
            "psi[" + name + "]",
            psi,
            NUMBER,
            now.size(),
            divergence.stabilityInterval(Intervals.LEVEL)));
    measurements.add(
        Measurement.sampled(
            "jensen-shannon distance[" + name + "]",
            divergence.jensenShannon(),
            NUMBER,
            now.size(),
            divergence.jensenShannonInterval(Intervals.LEVEL)));
    return psi;
  }

  private void addShare(String measurement, long some) {
    measurements.add(
        Measurement.sampled(
            measurement + "[" + name + "]",
            (double) some / now.size(),
            FRACTION,
            now.size(),
            Intervals.wilson(some, now.size())));
  }

  private static List<Evidence.Bars.Bar> bars(List<String> names, long[] expected, long[] actual) {
    double e = (double) Arrays.stream(expected).sum();
    double a = (double) Arrays.stream(actual).sum();
    List<Evidence.Bars.Bar> bars = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] + actual[i] > 0) {
        bars.add(new Evidence.Bars.Bar(names.get(i), actual[i] / a, expected[i] / e));
      }
    }
    return bars;
  }

  private static double mean(double[] numbers) {
    Moments moments = new Moments();
    for (double number : numbers) {
      moments.add(number);
    }
    return moments.mean();
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
