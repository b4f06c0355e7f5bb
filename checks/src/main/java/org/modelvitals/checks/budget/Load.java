package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.commons.statistics.distribution.TDistribution;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.RatioOfSums;
import org.modelvitals.unit.Unit;

/**
 * One way to keep a model busy: so many callers with so many rows in a call. It runs in blocks that
 * take turns with those of other ways; what blocks differ by is the error of the throughput.
 */
final class Load implements AutoCloseable {
  private final String part;
  private final int rows;
  private final List<CallSource> sources = new ArrayList<>();
  private final List<Times> each = new ArrayList<>();
  private final RatioOfSums rate = new RatioOfSums();
  private final List<Double> rates = new ArrayList<>();

  private Load(String part, int rows) {
    this.part = part;
    this.rows = rows;
  }

  /**
   * Opens it.
   *
   * @param part what stands in brackets behind its measurements; empty for nothing
   * @param batch rows in a call; 0 for what the data say
   */
  static Load open(
      ThroughputSpec specification, ProbeContext context, String part, int batch, int callers) {
    DataSpec declared = specification.data();
    int rows =
        batch > 0 ? batch : declared == null || declared.batch() == null ? 1 : declared.batch();
    DataSpec data =
        batch <= 1
            ? declared
            : GeneratedInputs.batched(declared, context.model(), context.session(), batch)
                .orElseThrow(
                    () ->
                        new NotApplicableException(
                            "the model does not take a batch of %d: a first dimension of its inputs is not free, or the data are declared row by row"
                                .formatted(batch)));
    Load load = new Load(part, rows);
    try {
      for (int i = 0; i < callers; i++) {
        load.sources.add(CallSource.open(data, context));
        load.each.add(new Times());
      }
      return load;
    } catch (RuntimeException e) {
      load.close();
      throw e;
    }
  }

  String part() {
    return part;
  }

  int callers() {
    return sources.size();
  }

  /** A call by the first caller, for warming up. */
  long time() {
    CallSource source = sources.get(0);
    long time = source.time();
    source.done();
    return time;
  }

  /** Goes back to where the data begin. */
  void restart() {
    sources.forEach(CallSource::restart);
  }

  /** Whether every caller has been through all rows. */
  boolean isReached() {
    return sources.stream().allMatch(CallSource::isReached);
  }

  /** One block: every caller makes calls until the time is over, and one at least. */
  void block(Callers callers, long nanos) {
    long start = System.nanoTime();
    List<Future<Long>> running = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      CallSource source = sources.get(i);
      Times times = each.get(i);
      running.add(callers.start(() -> calls(source, times, start + nanos)));
    }
    long calls = Callers.results(running).stream().mapToLong(Long::longValue).sum();
    double seconds = (double) (System.nanoTime() - start) * 1e-9;
    rate.add((double) calls * rows, seconds);
    rates.add((double) calls * rows / seconds);
  }

  private static Long calls(CallSource source, Times times, long end) {
    long calls = 0;
    do {
      times.add(source.time());
      source.done();
      calls++;
    } while (System.nanoTime() < end);
    return calls;
  }

  /** The times of all calls. */
  Times times() {
    Times all = new Times();
    each.forEach(all::merge);
    return all;
  }

  private String name(String measurement) {
    return part.isEmpty() ? measurement : measurement + "[" + part + "]";
  }

  /** Samples in a second. */
  double throughput() {
    return rate.value();
  }

  /** Samples in a second, and percentiles of a call's time, each with its error on either side. */
  List<Measurement> measurements(double error) {
    List<Measurement> all = new ArrayList<>();
    all.add(throughput(name("throughput"), error));
    Times times = times();
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P99)) {
      TimeBounds bounds = TimeBounds.of(percentile, error);
      bounds.close(times);
      all.add(bounds.measurement(percentile, name(percentile.label()), times, "calls"));
    }
    return all;
  }

  /** Samples in a second under any name. */
  Measurement throughput(String name, double error) {
    double half =
        rate.clusters() < 2
            ? Double.POSITIVE_INFINITY
            : TDistribution.of((double) rate.clusters() - 1).inverseSurvivalProbability(error)
                * rate.standardError();
    return Measurement.sampled(
        name,
        rate.value(),
        Unit.PER_SECOND,
        times().count(),
        new Interval(
            Math.max(0, rate.value() - half), rate.value() + half, 1 - 2 * error, "t over blocks"));
  }

  /** How many times the throughput of another it has, from the blocks that took turns. */
  Measurement scaling(Load other, double error) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      ratios.add(Math.log(rates.get(i) / other.rates.get(i)));
    }
    double n = ratios.size();
    double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double squares = ratios.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
    double half =
        n < 2
            ? Double.POSITIVE_INFINITY
            : TDistribution.of(n - 1).inverseSurvivalProbability(error)
                * Math.sqrt(squares / (n - 1) / n);
    return Measurement.sampled(
        name("scaling"),
        Math.exp(mean),
        Unit.NUMBER,
        ratios.size(),
        new Interval(
            Math.exp(mean - half), Math.exp(mean + half), 1 - 2 * error, "t over pairs of blocks"));
  }

  @Override
  public void close() {
    sources.forEach(CallSource::close);
  }
}
