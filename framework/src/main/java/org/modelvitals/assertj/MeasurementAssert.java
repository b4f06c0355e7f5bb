package org.modelvitals.assertj;

import java.util.List;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.Measured;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** Assertions over one measurement, in the words of suites. */
public class MeasurementAssert extends Navigating<MeasurementAssert, Measurement> {
  public MeasurementAssert(Measurement measurement) {
    super(measurement, MeasurementAssert.class);
  }

  public MeasurementAssert isAtLeast(Quantity limit) {
    return meets(name().isAtLeast(limit));
  }

  public MeasurementAssert isAtLeast(double limit) {
    return meets(name().isAtLeast(limit));
  }

  public MeasurementAssert isAtMost(Quantity limit) {
    return meets(name().isAtMost(limit));
  }

  public MeasurementAssert isAtMost(double limit) {
    return meets(name().isAtMost(limit));
  }

  public MeasurementAssert isBetween(Quantity low, Quantity high) {
    return meets(name().isBetween(low, high));
  }

  public MeasurementAssert isCloseTo(Quantity target, Quantity tolerance) {
    return meets(name().isCloseTo(target, tolerance));
  }

  public MeasurementAssert isCloseTo(double target, double tolerance) {
    return meets(name().isCloseTo(target, tolerance));
  }

  /** At least {@code limit} with confidence: the whole interval lies there. */
  public MeasurementAssert isSurelyAtLeast(Quantity limit) {
    return meets(name().isSurelyAtLeast(limit));
  }

  /** At most {@code limit} with confidence: the whole interval lies there. */
  public MeasurementAssert isSurelyAtMost(Quantity limit) {
    return meets(name().isSurelyAtMost(limit));
  }

  /** Between the two with confidence: the whole interval lies there. */
  public MeasurementAssert isSurelyBetween(Quantity low, Quantity high) {
    return meets(name().isSurelyBetween(low, high));
  }

  /** That near with confidence: the whole interval lies there. */
  public MeasurementAssert isSurelyCloseTo(Quantity target, Quantity tolerance) {
    return meets(name().isSurelyCloseTo(target, tolerance));
  }

  /** Passes if the measurement is this text. */
  public MeasurementAssert is(String text) {
    return meets(name().is(text));
  }

  /** Passes if it rests on this many rows, calls or tokens. */
  public MeasurementAssert restsOn(long count) {
    if (actual.count() != count) {
      throw failure(
          "%s rests on %d, expected %d".formatted(actual.name(), actual.count(), count),
          count,
          actual.count());
    }
    return this;
  }

  /** Passes if it is given in this unit. */
  public MeasurementAssert isIn(Unit unit) {
    if (actual.unit() != unit) {
      throw failure(
          "%s is in %s, expected %s".formatted(actual.name(), actual.unit(), unit),
          unit,
          actual.unit());
    }
    return this;
  }

  private Measured name() {
    return Measured.measured(actual.name());
  }

  private MeasurementAssert meets(Expectation expectation) {
    ReadingAssert.judge(this, new Reading(List.of(actual), List.of()), List.of(expectation));
    return this;
  }
}
