package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * The times of the calls, and what is read from them. Percentiles and the mean carry bounds that
 * hold over all looks that were taken while the series grew.
 */
final class LatencyTally {
  /** Of a tally that nobody declares otherwise. */
  static final double ERROR = 0.01;

  private static final int SLOWEST = 10;
  private static final int BINS = 60;
  private static final double NANOS = 1e-9;

  private final Times times = new Times();
  private final Map<Percentile, TimeBounds> percentiles = new EnumMap<>(Percentile.class);
  private final TimeBounds meanBounds;
  private long nextLook;
  private final PriorityQueue<Slow> slowest =
      new PriorityQueue<>(SLOWEST + 1, Comparator.comparingLong(Slow::nanos));

  private record Slow(long call, long nanos, String where) {}

  /** A tally whose bounds are wrong at most once in a hundred times on either side. */
  LatencyTally() {
    this(ERROR);
  }

  /**
   * @param error how often, at most, a bound is wrong
   */
  LatencyTally(double error) {
    for (Percentile percentile : Percentile.values()) {
      percentiles.put(percentile, TimeBounds.of(percentile, error));
    }
    this.meanBounds = TimeBounds.ofMean(error);
  }

  void add(long call, long nanos, String where) {
    times.add(nanos);
    if (slowest.size() < SLOWEST || slowest.element().nanos < nanos) {
      slowest.add(new Slow(call, nanos, where));
      if (slowest.size() > SLOWEST) {
        slowest.remove();
      }
    }
  }

  /** Takes the looks that are due. Returns whether there was one. */
  boolean look() {
    if (count() < nextLook) { // nearly always, and then nothing else happens
      return false;
    }
    boolean looked = meanBounds.look(times);
    nextLook = meanBounds.nextLook();
    for (TimeBounds bounds : percentiles.values()) {
      looked |= bounds.look(times);
      nextLook = Math.min(nextLook, bounds.nextLook());
    }
    return looked;
  }

  /** The last look, after which nothing is added. */
  void close() {
    meanBounds.close(times);
    percentiles.values().forEach(bounds -> bounds.close(times));
  }

  Times times() {
    return times;
  }

  long count() {
    return times.count();
  }

  /** What is known so far; all of it after {@link #close}. */
  List<Measurement> measurements(String counted) {
    List<Measurement> all = new ArrayList<>();
    percentiles.forEach(
        (percentile, bounds) ->
            all.add(bounds.measurement(percentile, percentile.label(), times, counted)));
    all.add(extreme("max", times.greatest()));
    all.add(mean("mean"));
    all.add(extreme("min", times.least()));
    return all;
  }

  /**
   * What is known where nothing was timed.
   *
   * @param why in a sentence
   */
  static List<Measurement> none(String why) {
    return Stream.concat(
            Stream.of(Percentile.values()).map(Percentile::label), Stream.of("max", "mean", "min"))
        .map(name -> Measurement.undefined(name, Unit.SECONDS, 0, why))
        .toList();
  }

  /**
   * Adds percentiles, mean and maximum as parts of one measurement: {@code name[p99]}. The tally is
   * closed by it.
   *
   * @param counted what was timed, in the plural
   */
  void addTo(Reading.Builder reading, String name, String counted) {
    close();
    for (Percentile percentile :
        List.of(Percentile.P50, Percentile.P90, Percentile.P95, Percentile.P99)) {
      TimeBounds bounds = percentiles.get(percentile);
      if (bounds != null) {
        reading.add(bounds.measurement(percentile, part(name, percentile.label()), times, counted));
      }
    }
    reading.add(mean(part(name, "mean")));
    reading.add(extreme(part(name, "max"), times.greatest()));
  }

  private static String part(String name, String part) {
    return name + "[" + part + "]";
  }

  private Measurement extreme(String name, long nanos) {
    return Measurement.sampled(name, (double) nanos * NANOS, Unit.SECONDS, count(), null);
  }

  private Measurement mean(String name) {
    double mean = times.moments().mean();
    return Measurement.sampled(
        name, mean * NANOS, Unit.SECONDS, count(), meanBounds.interval(mean, "Student's t"));
  }

  /** Calls in a second that one caller gets answered: the inverse of the mean. */
  Measurement perSecond() {
    Interval interval = meanBounds.interval(times.moments().mean(), "Student's t");
    return Measurement.sampled(
        "calls per second",
        1 / (times.moments().mean() * NANOS),
        Unit.PER_SECOND,
        count(),
        new Interval(
            Double.isInfinite(interval.high()) ? 0 : 1 / interval.high(),
            interval.low() > 0 ? 1 / interval.low() : Double.POSITIVE_INFINITY,
            interval.level(),
            interval.method()));
  }

  /** Bins of equal width up to p99.5, so that one slow call does not flatten the rest; then one. */
  Evidence distribution(String title) {
    Histogram histogram = times.histogram();
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
      double high =
          i == counts.length - 1 ? Math.max((double) times.greatest(), low + width) : low + width;
      bins.add(new Evidence.Histogram.Bin(low * NANOS, high * NANOS, counts[i]));
    }
    List<Evidence.Histogram.Mark> marks = new ArrayList<>();
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P90, Percentile.P99)) {
      marks.add(
          new Evidence.Histogram.Mark(
              percentile.label(), (double) times.quantile(percentile.q()) * NANOS));
    }
    return new Evidence.Histogram(title, "", Unit.SECONDS, bins, marks);
  }

  Evidence slowestTable() {
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
                count(),
                worst.call + 1,
                shown((double) worst.nanos),
                worst.where.isEmpty() ? "" : " on " + worst.where),
        List.of("call", "time", "input"),
        rows);
  }

  static String shown(double nanos) {
    return Quantity.of(nanos, Unit.NANOSECONDS).display();
  }
}
