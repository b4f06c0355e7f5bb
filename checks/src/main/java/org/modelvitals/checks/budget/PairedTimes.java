package org.modelvitals.checks.budget;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Unit;

/**
 * Times of two models, in pairs that were taken right after each other in random order. Whatever
 * the machine does meanwhile then favours either with the same chance, so that for two models that
 * cost the same every pair is a toss of a coin, however noisy it is, and however noise lasts from
 * pair to pair. What the pairs say is the median of their ratios, with exact bounds from the
 * binomial distribution (the sign test; Conover, Practical Nonparametric Statistics, 3.4).
 */
final class PairedTimes {
  private double[] model = new double[256];
  private double[] reference = new double[256];
  private int pairs;

  void add(double modelNanos, double referenceNanos) {
    if (pairs == model.length) {
      model = Arrays.copyOf(model, 2 * pairs);
      reference = Arrays.copyOf(reference, 2 * pairs);
    }
    model[pairs] = modelNanos;
    reference[pairs] = referenceNanos;
    pairs++;
  }

  int pairs() {
    return pairs;
  }

  /** The ratios, in ascending order. */
  double[] ratios() {
    double[] ratios = new double[pairs];
    Arrays.setAll(ratios, i -> model[i] / reference[i]);
    Arrays.sort(ratios);
    return ratios;
  }

  /** The median of the ratios. */
  double ratio() {
    return Intervals.median(ratios());
  }

  /** Where the median lies; each end is wrong no more often than {@code error}. */
  Interval interval(double error) {
    return interval(ratios(), error);
  }

  private Interval interval(double[] sorted, double error) {
    OptionalLong low = OrderStatistics.lower(pairs, 0.5, error);
    OptionalLong high = OrderStatistics.upper(pairs, 0.5, error);
    return new Interval(
        low.isPresent() ? sorted[(int) low.getAsLong() - 1] : 0,
        high.isPresent() ? sorted[(int) high.getAsLong() - 1] : Double.POSITIVE_INFINITY,
        1 - 2 * error,
        "sign test");
  }

  /** The median time of the model. */
  Measurement modelTime(String name, double error) {
    return median(name, model, error);
  }

  /** The median time of the reference. */
  Measurement referenceTime(String name, double error) {
    return median(name, reference, error);
  }

  private Measurement median(String name, double[] times, double error) {
    double[] sorted = DoubleStream.of(times).limit(pairs).map(n -> n * 1e-9).sorted().toArray();
    return Measurement.sampled(
        name, Intervals.median(sorted), Unit.SECONDS, pairs, interval(sorted, error));
  }
}
