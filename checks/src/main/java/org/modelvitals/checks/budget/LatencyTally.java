package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** The times of the calls, and what is read from them. */
final class LatencyTally {
  private static final double LEVEL = 0.95;
  private static final int SLOWEST = 10;
  private static final int BINS = 60;
  private static final double NANOS = 1e-9;

  /** Values are kept to three significant digits: within 0.1 %. */
  private final Histogram histogram = new Histogram(3);

  private final PriorityQueue<Slow> slowest =
      new PriorityQueue<>(SLOWEST + 1, Comparator.comparingLong(Slow::nanos));
  private long count;
  private double mean;
  private double squares;
  private long min = Long.MAX_VALUE;
  private long max;

  private record Slow(long call, long nanos, String where) {}

  /** The calls' percentiles that are measured, by the measurement's name. */
  private enum Percentile {
    P50("p50", 0.5),
    P90("p90", 0.9),
    P95("p95", 0.95),
    P99("p99", 0.99),
    P999("p99.9", 0.999);

    private final String label;
    private final double q;

    Percentile(String label, double q) {
      this.label = label;
      this.q = q;
    }
  }

  void add(long call, long nanos, String where) {
    histogram.recordValue(nanos);
    count++;
    // Welford's way to mean and variance.
    double delta = (double) nanos - mean;
    mean += delta / (double) count;
    squares += delta * ((double) nanos - mean);
    min = Math.min(min, nanos);
    max = Math.max(max, nanos);
    if (slowest.size() < SLOWEST || slowest.element().nanos < nanos) {
      slowest.add(new Slow(call, nanos, where));
      if (slowest.size() > SLOWEST) {
        slowest.remove();
      }
    }
  }

  Reading reading() {
    Reading.Builder reading = Reading.builder();
    for (Percentile percentile : Percentile.values()) {
      reading.add(percentile(percentile, percentile.label, "calls"));
    }
    reading.add(Measurement.sampled("max", (double) max * NANOS, Unit.SECONDS, count, null));
    Interval meanInterval = meanInterval();
    reading.add(Measurement.sampled("mean", mean * NANOS, Unit.SECONDS, count, meanInterval));
    reading.add(Measurement.sampled("min", (double) min * NANOS, Unit.SECONDS, count, null));
    reading.add(
        Measurement.sampled(
            "calls per second", 1 / (mean * NANOS), Unit.PER_SECOND, count, inverse(meanInterval)));
    reading.add(distribution("Time of a call"));
    reading.add(slowestTable());
    return reading.build();
  }

  /**
   * Adds percentiles, mean and maximum as parts of one measurement: {@code name[p99]}.
   *
   * @param counted what was timed, in the plural
   */
  void addTo(Reading.Builder reading, String name, String counted) {
    for (Percentile percentile :
        List.of(Percentile.P50, Percentile.P90, Percentile.P95, Percentile.P99)) {
      reading.add(percentile(percentile, part(name, percentile.label), counted));
    }
    reading.add(
        Measurement.sampled(part(name, "mean"), mean * NANOS, Unit.SECONDS, count, meanInterval()));
    reading.add(
        Measurement.sampled(part(name, "max"), (double) max * NANOS, Unit.SECONDS, count, null));
  }

  private static String part(String name, String part) {
    return name + "[" + part + "]";
  }

  long count() {
    return count;
  }

  private Measurement percentile(Percentile percentile, String name, String counted) {
    int n = Math.toIntExact(count);
    OptionalLong upper = OrderStatistics.upper(n, percentile.q, LEVEL);
    if (upper.isEmpty()) {
      return Measurement.undefined(
          name,
          Unit.SECONDS,
          count,
          "%s needs at least %d %s to say where it ends, and there were %d"
              .formatted(
                  percentile.label, OrderStatistics.least(percentile.q, LEVEL), counted, count));
    }
    OptionalLong lower = OrderStatistics.lower(n, percentile.q, LEVEL);
    double value = (double) histogram.getValueAtPercentile(percentile.q * 100) * NANOS;
    double low = lower.isPresent() ? ranked(lower.getAsLong()) : 0;
    Interval interval =
        new Interval(
            Math.min(low, value),
            Math.max(ranked(upper.getAsLong()), value),
            LEVEL,
            "order statistics");
    return Measurement.sampled(name, value, Unit.SECONDS, count, interval);
  }

  private double ranked(long rank) {
    return (double) histogram.getValueAtPercentile(100.0 * (double) rank / (double) count) * NANOS;
  }

  private @Nullable Interval meanInterval() {
    if (count < 2) {
      return null;
    }
    double error = Math.sqrt(squares / (double) (count - 1) / (double) count);
    double half =
        error * TDistribution.of((double) count - 1).inverseSurvivalProbability((1 - LEVEL) / 2);
    return new Interval(
        Math.max(0, mean - half) * NANOS, (mean + half) * NANOS, LEVEL, "Student's t");
  }

  private static @Nullable Interval inverse(@Nullable Interval interval) {
    return interval == null
        ? null
        : new Interval(
            1 / interval.high(),
            interval.low() > 0 ? 1 / interval.low() : Double.POSITIVE_INFINITY,
            interval.level(),
            interval.method());
  }

  /** Bins of equal width up to p99.5, so that one slow call does not flatten the rest; then one. */
  Evidence distribution(String title) {
    long from = histogram.getMinValue();
    long to = Math.max(histogram.getValueAtPercentile(99.5), from + BINS);
    long width = Math.max(1, (to - from) / BINS);
    long[] counts = new long[BINS + 2];
    for (HistogramIterationValue value : histogram.recordedValues()) {
      long bin = (value.getValueIteratedTo() - from) / width;
      counts[(int) Math.min(Math.max(bin, 0), BINS + 1)] +=
          value.getCountAddedInThisIterationStep();
    }
    List<Evidence.Histogram.Bin> bins = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      double low = (double) from + (double) i * width;
      double high = i == counts.length - 1 ? Math.max((double) max, low + width) : low + width;
      bins.add(new Evidence.Histogram.Bin(low * NANOS, high * NANOS, counts[i]));
    }
    List<Evidence.Histogram.Mark> marks = new ArrayList<>();
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P90, Percentile.P99)) {
      marks.add(
          new Evidence.Histogram.Mark(
              percentile.label,
              (double) histogram.getValueAtPercentile(percentile.q * 100) * NANOS));
    }
    return new Evidence.Histogram(title, "", Unit.SECONDS, bins, marks);
  }

  private Evidence slowestTable() {
    List<Slow> sorted = new ArrayList<>(slowest);
    sorted.sort(Comparator.comparingLong(Slow::nanos).reversed());
    Slow worst = sorted.get(0);
    List<List<String>> rows =
        sorted.stream()
            .map(
                slow ->
                    List.of(Long.toString(slow.call + 1), shown((double) slow.nanos), slow.where))
            .toList();
    return new Evidence.Table(
        "Slowest calls",
        "the slowest of %d calls was call %d with %s%s"
            .formatted(
                count,
                worst.call + 1,
                shown((double) worst.nanos),
                worst.where.isEmpty() ? "" : " on " + worst.where),
        List.of("call", "time", "input"),
        rows);
  }

  private static String shown(double nanos) {
    return Quantity.of(nanos, Unit.NANOSECONDS).display();
  }
}
