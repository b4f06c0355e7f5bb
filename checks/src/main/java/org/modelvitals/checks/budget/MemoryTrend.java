package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.MonotonicTrend;

/**
 * Whether resident memory grows with the calls, or was only warming up.
 *
 * <p>Two stretches of calls are compared, of which the second is twice as long: from the first
 * quarter of all calls to the half, and the second half. An arena or a cache fills and is then
 * full, so it rises by 1 MiB or more in one of them at most; a leak rises in both.
 *
 * <ul>
 *   <li>A rise in both stretches is growth, all of it.
 *   <li>A rise in the second stretch alone may be the first step of a leak, or an arena that filled
 *       late: only more calls can tell.
 *   <li>Otherwise memory may creep: the slope of the second stretch, without its steps. A step is a
 *       change of at least 1 MiB from one sample to the next.
 * </ul>
 *
 * @param growth bytes that each call adds
 * @param interval of the growth
 */
record MemoryTrend(Kind kind, double growth, Interval interval) {
  /** More than the JVM's own memory wanders between two samples. */
  static final long STEP = 1 << 20;

  private static final int LEAST_SAMPLES = 4;
  private static final int MOST_OF_A_LEVEL = 9;

  /** What kind of trend it is. */
  enum Kind {
    STEADY,
    GROWING,
    /** A late step may be a leak or an arena. */
    UNCLEAR;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Resident memory after so many calls. */
  record Sample(long calls, long bytes) {}

  /** How many samples a trend needs. */
  static int leastSamples() {
    return 2 * LEAST_SAMPLES;
  }

  /** The trend of samples that are about as many calls apart, from the first call on. */
  static MemoryTrend of(List<Sample> samples) {
    long all = samples.get(samples.size() - 1).calls();
    List<Sample> first = between(samples, all / 4, all / 2);
    List<Sample> second = between(samples, all / 2, all);
    MonotonicTrend creep = trend(second, true);
    long after = level(second) - level(first);
    if (level(first) - level(between(samples, 0, all / 4)) >= STEP && after >= STEP) {
      return growing(between(samples, all / 4, all));
    }
    boolean creeping =
        creep.interval().low() > 0 && creep.slope() * (all - all / 2) >= (double) STEP;
    Kind kind = creeping ? Kind.GROWING : after >= STEP ? Kind.UNCLEAR : Kind.STEADY;
    Interval known = creep.interval();
    Interval interval =
        kind == Kind.UNCLEAR
            ? new Interval(
                known.low(),
                known.high() + (double) after / (all - all / 2),
                known.level(),
                known.method())
            : known;
    return new MemoryTrend(kind, creep.slope(), interval);
  }

  /** The samples of a stretch, with the last one before it. */
  private static List<Sample> between(List<Sample> samples, long from, long to) {
    List<Sample> part = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.calls() <= from) {
        part.clear();
      }
      if (sample.calls() <= to) {
        part.add(sample);
      }
    }
    return part;
  }

  private static long change(List<Sample> samples, int i) {
    return samples.get(i).bytes() - samples.get(i - 1).bytes();
  }

  private static boolean isStep(long change) {
    return Math.abs(change) >= STEP;
  }

  /** The memory at the end of a stretch: the median of its last samples, lest one is an outlier. */
  private static long level(List<Sample> stretch) {
    int few = Math.max(1, Math.min(MOST_OF_A_LEVEL, stretch.size() / 10));
    return stretch.subList(stretch.size() - few, stretch.size()).stream()
        .map(Sample::bytes)
        .sorted()
        .toList()
        .get(few / 2);
  }

  /** The trend of samples, with their steps or without. */
  private static MonotonicTrend trend(List<Sample> samples, boolean withoutSteps) {
    double[] x = new double[samples.size()];
    double[] y = new double[samples.size()];
    long steps = 0;
    for (int i = 0; i < x.length; i++) {
      long change = i == 0 ? 0 : change(samples, i);
      steps += withoutSteps && isStep(change) ? change : 0;
      x[i] = (double) samples.get(i).calls();
      y[i] = (double) (samples.get(i).bytes() - steps);
    }
    return MonotonicTrend.of(x, y, Intervals.LEVEL);
  }

  /**
   * All that was added: by the slope where there is one, else, for a leak in few steps, from end to
   * end. The interval has both in it.
   */
  private static MemoryTrend growing(List<Sample> samples) {
    MonotonicTrend trend = trend(samples, false);
    Interval known = trend.interval();
    Sample from = samples.get(0);
    Sample to = samples.get(samples.size() - 1);
    double ends = (double) (to.bytes() - from.bytes()) / (to.calls() - from.calls());
    double growth = known.low() > 0 ? trend.slope() : ends;
    return new MemoryTrend(
        Kind.GROWING,
        growth,
        new Interval(
            Math.min(known.low(), growth),
            Math.max(known.high(), growth),
            known.level(),
            known.method()));
  }
}
