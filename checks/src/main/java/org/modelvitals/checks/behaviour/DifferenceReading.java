package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.DECIBELS;
import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Unit;

/** The measurements of a {@link Difference}, and what they mean. */
final class DifferenceReading {
  private static final String NO_NUMBERS = "there are no numbers to compare";

  private DifferenceReading() {}

  /** The measurements that every comparison has. */
  static List<MeasurementInfo> basic() {
    return basic("output");
  }

  /**
   * The same.
   *
   * @param part what a part of the comparison is
   */
  static List<MeasurementInfo> basic(String part) {
    return List.of(
        info(
            part,
            "mismatches",
            NUMBER,
            "Elements that are not as expected: numbers beyond |actual - expected| <= atol + rtol"
                + " |expected|, everything else that is not equal; NaN equals NaN."),
        info(
            part,
            "max difference",
            NUMBER,
            "The largest absolute difference; infinite where one side only is finite, or where"
                + " shape or type differ."),
        info(
            part,
            "max relative difference",
            NUMBER,
            "The largest absolute difference divided by the expected value, where that is not 0."));
  }

  /** The measurements of a comparison of many rows, beyond the basic ones. */
  static List<MeasurementInfo> further() {
    return List.of(
        info("mean difference", NUMBER, "The mean absolute difference. t interval of rows."),
        info("rmse", NUMBER, "The square root of the mean squared difference."),
        info(
            "psnr",
            DECIBELS,
            "Peak signal-to-noise ratio: 10 log10(peak^2 / mean squared difference); infinite where"
                + " nothing differs."),
        info(
            "cosine similarity",
            NUMBER,
            "The mean over rows of the cosine of the angle between actual and expected. t"
                + " interval."),
        info(
            "min cosine similarity",
            NUMBER,
            "The smallest cosine of the angle between the actual and the expected values of a"
                + " row."),
        info(
            "arg max agreement",
            FRACTION,
            "How often the largest value along the last axis stands in the same place. Wilson"
                + " interval."));
  }

  private static MeasurementInfo info(String name, Unit unit, String description) {
    return info("output", name, unit, description);
  }

  private static MeasurementInfo info(String part, String name, Unit unit, String description) {
    return MeasurementInfo.withParts(name, part, unit, description);
  }

  /**
   * The basic measurements.
   *
   * @param part what is added to the names: {@code [output]}, or nothing
   */
  static List<Measurement> basic(Difference difference, String part) {
    return List.of(
        counted("mismatches" + part, difference.mismatches().count(), difference.elements()),
        placed(number("max difference" + part, difference.largest(), difference), difference),
        number("max relative difference" + part, difference.largestRelative(), difference));
  }

  /** The basic measurements of all that was compared; of nothing at all none has a value. */
  static List<Measurement> ofAll(Difference difference) {
    List<Measurement> all = basic(difference, "");
    return difference.elements() > 0 || difference.mismatches().count() > 0
        ? all
        : all.stream()
            .map(m -> Measurement.undefined(m.name(), m.unit(), 0, "no element was compared"))
            .toList();
  }

  private static Measurement placed(Measurement measurement, Difference difference) {
    return difference.largestAt().isEmpty() || difference.apart() > 0
        ? measurement
        : measurement.note("at " + difference.largestAt());
  }

  /**
   * The further measurements.
   *
   * @param peak the largest value that a signal can have, for the signal-to-noise ratio
   */
  static List<Measurement> further(Difference difference, String part, double peak) {
    List<Measurement> all = new ArrayList<>();
    all.add(mean("mean difference" + part, difference));
    all.add(number("rmse" + part, Math.sqrt(difference.meanSquare()), difference));
    all.add(
        difference.numbers() == 0
            ? none("psnr" + part, DECIBELS)
            : Measurement.sampled(
                "psnr" + part,
                10 * Math.log10(peak * peak / difference.meanSquare()),
                DECIBELS,
                difference.numbers(),
                null));
    cosines(difference, part, all);
    argMax(difference, part).ifPresent(all::add);
    return all;
  }

  /** How often the largest value along the last axis stood in the same place. */
  static Optional<Measurement> argMax(Difference difference, String part) {
    return difference.maxima() == 0
        ? Optional.empty()
        : Optional.of(
            Measurement.sampled(
                "arg max agreement" + part,
                (double) difference.equalMaxima() / (double) difference.maxima(),
                FRACTION,
                difference.maxima(),
                Intervals.wilson(difference.equalMaxima(), difference.maxima())));
  }

  private static void cosines(Difference difference, String part, List<Measurement> all) {
    long rows = difference.cosines().count();
    if (rows == 0) {
      return;
    }
    Interval interval = rows < 2 ? null : Intervals.mean(difference.cosines());
    all.add(
        Measurement.sampled(
            "cosine similarity" + part, difference.cosines().mean(), NUMBER, rows, interval));
    all.add(
        Measurement.sampled(
            "min cosine similarity" + part, difference.leastCosine(), NUMBER, rows, null));
  }

  private static Measurement mean(String name, Difference difference) {
    if (difference.apart() > 0) {
      return number(name, Double.POSITIVE_INFINITY, difference);
    }
    return difference.numbers() == 0
        ? none(name, NUMBER)
        : Measurement.sampled(
            name,
            difference.absolute().mean(),
            NUMBER,
            difference.numbers(),
            ofRows(difference.absolute().mean(), difference.rowMeans()));
  }

  /**
   * The interval of a mean over elements, with rows as what was sampled; null where that is one
   * row, or rows of different size, whose means say nothing of the mean of all.
   */
  static @Nullable Interval ofRows(double mean, org.modelvitals.statistics.Moments rowMeans) {
    boolean alike = Math.abs(rowMeans.mean() - mean) <= 1e-9 * Math.max(1e-300, Math.abs(mean));
    return rowMeans.count() < 2 || !alike ? null : Intervals.mean(rowMeans);
  }

  private static Measurement number(String name, double value, Difference difference) {
    return difference.numbers() == 0 && difference.apart() == 0
        ? none(name, NUMBER)
        : Measurement.sampled(name, value, NUMBER, difference.numbers(), null);
  }

  private static Measurement none(String name, Unit unit) {
    return Measurement.undefined(name, unit, 0, NO_NUMBERS);
  }

  /** A count among {@code of}. */
  static Measurement counted(String name, long count, long of) {
    return new Measurement(name, NUMBER, (double) count, null, of, null, null);
  }
}
