package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** The measurements of a {@link Distribution}, and what they mean. */
final class DistributionReading {
  private static final int BINS = 24;

  private DistributionReading() {}

  static List<MeasurementInfo> infos() {
    return List.of(
        info("min", NUMBER, "The smallest finite value."),
        info("max", NUMBER, "The largest finite value."),
        info("mean", NUMBER, "The mean of the finite values. t interval of rows."),
        info("standard deviation", NUMBER, "Of the finite values, with n - 1."),
        info(
            "median",
            NUMBER,
            "The median of the finite values; exact up to 65,536 of them, past that to 1 part in"
                + " 1024."),
        info(
            "share at or above threshold",
            FRACTION,
            "The share of values that reach the declared threshold; NaN does not. Wilson interval"
                + " where a row has one value, else t interval of rows."),
        info("finite share", FRACTION, "The share of values that are neither NaN nor infinite."),
        info(
            "sum deviation",
            NUMBER,
            "The largest distance from 1 of the sum along the last axis, of outputs declared as"
                + " probabilities."),
        info("elements", NUMBER, "How many values there were."),
        MeasurementInfo.textOfParts(
            "type", "output", "Element type and shape, such as float32[rows, 10]."),
        MeasurementInfo.textOfParts(
            "distinct values",
            "output",
            "The different texts, integers or booleans in alphabetical order, comma-separated, if"
                + " there are at most 100."));
  }

  private static MeasurementInfo info(String name, Unit unit, String description) {
    return MeasurementInfo.withParts(name, "output", unit, description);
  }

  /** The measurements of numbers; {@code part} is added to their names. */
  static List<Measurement> numbers(Distribution seen, String part) {
    List<Measurement> all = new ArrayList<>();
    all.add(finite("min" + part, seen.min(), seen, null));
    all.add(finite("max" + part, seen.max(), seen, null));
    all.add(finite("mean" + part, seen.finite().mean(), seen, meanInterval(seen)));
    all.add(finite("standard deviation" + part, seen.finite().standardDeviation(), seen, null));
    all.add(median("median" + part, seen));
    if (seen.threshold() != null) {
      all.add(reached("share at or above threshold" + part, seen));
    }
    all.add(
        seen.numbers() == 0
            ? none("finite share" + part, FRACTION)
            : Measurement.sampled(
                "finite share" + part,
                (double) seen.finite().count() / (double) seen.numbers(),
                FRACTION,
                seen.numbers(),
                null));
    if (seen.sumsSeen() > 0) {
      all.add(
          Double.isNaN(seen.sumDeviation())
              ? Measurement.sampled(
                  "sum deviation" + part, Double.POSITIVE_INFINITY, NUMBER, seen.sumsSeen(), null)
              : Measurement.sampled(
                  "sum deviation" + part, seen.sumDeviation(), NUMBER, seen.sumsSeen(), null));
    }
    all.add(Measurement.exact("elements" + part, (double) seen.elements(), NUMBER));
    return all;
  }

  /** The texts about one output. */
  static List<Measurement> texts(Distribution seen, String part) {
    List<Measurement> all = new ArrayList<>();
    all.add(Measurement.text("type" + part, seen.shape()));
    if (seen.distinct().size() > Distribution.DISTINCT) {
      all.add(
          Measurement.undefined(
              "distinct values" + part,
              NUMBER,
              seen.elements(),
              "there are more than %d".formatted(Distribution.DISTINCT)));
    } else if (!seen.distinct().isEmpty()) {
      all.add(Measurement.text("distinct values" + part, String.join(", ", seen.distinct())));
    }
    return all;
  }

  private static Measurement finite(
      String name, double value, Distribution seen, @Nullable Interval interval) {
    return seen.finite().count() == 0
        ? none(name, NUMBER)
        : Measurement.sampled(name, value, NUMBER, seen.finite().count(), interval);
  }

  private static @Nullable Interval meanInterval(Distribution seen) {
    return DifferenceReading.ofRows(seen.finite().mean(), seen.rowMeans());
  }

  private static Measurement none(String name, Unit unit) {
    return Measurement.undefined(name, unit, 0, "there are no finite numbers");
  }

  private static Measurement median(String name, Distribution seen) {
    if (seen.finite().count() == 0) {
      return none(name, NUMBER);
    }
    long count = seen.finite().count();
    double[] sorted = seen.median().sorted();
    if (sorted == null) {
      return Measurement.sampled(name, seen.median().rough(), NUMBER, count, null)
          .note(
              "to 1 part in 1024, because there are more than %,d values"
                  .formatted(seen.median().limit()));
    }
    Interval interval =
        seen.rowMeans().count() == count && count > 1
            ? Intervals.median(sorted, Intervals.LEVEL)
            : null;
    return Measurement.sampled(name, Intervals.median(sorted), NUMBER, count, interval);
  }

  private static Measurement reached(String name, Distribution seen) {
    if (seen.numbers() == 0) {
      return none(name, FRACTION);
    }
    double share = (double) seen.reached() / (double) seen.numbers();
    Moments rows = seen.rowShares();
    Interval interval =
        rows.count() == seen.numbers()
            ? Intervals.wilson(seen.reached(), seen.numbers())
            : DifferenceReading.ofRows(share, rows);
    return Measurement.sampled(name, share, FRACTION, seen.numbers(), interval);
  }

  /** How the finite numbers of an output lie, if all of them were kept and they differ. */
  static Optional<Evidence> histogram(String output, Distribution seen) {
    double[] sorted = seen.median().sorted();
    if (sorted == null || sorted.length < 2 || !(sorted[0] < sorted[sorted.length - 1])) {
      return Optional.empty();
    }
    double low = sorted[0];
    double width = (sorted[sorted.length - 1] - low) / BINS;
    if (!(width > 0) || Double.isInfinite(width)) {
      return Optional.empty();
    }
    long[] counts = new long[BINS];
    for (double value : sorted) {
      counts[Math.min(BINS - 1, (int) ((value - low) / width))]++;
    }
    List<Evidence.Histogram.Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      bins.add(new Evidence.Histogram.Bin(low + i * width, low + (i + 1) * width, counts[i]));
    }
    List<Evidence.Histogram.Mark> marks = new ArrayList<>();
    marks.add(new Evidence.Histogram.Mark("median", Intervals.median(sorted)));
    Double threshold = seen.threshold();
    if (threshold != null) {
      marks.add(
          new Evidence.Histogram.Mark(
              "threshold " + Quantity.number(threshold).display(), threshold));
    }
    return Optional.of(
        new Evidence.Histogram("Values of '" + output + "'", "", NUMBER, bins, marks));
  }
}
