package org.modelvitals.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.RowOrder;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.SequentialProportion;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.EarlyDecision;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Bounded;
import org.modelvitals.verdict.Status;

/**
 * Says when a pass over data may end before the data do: as soon as every expectation that hangs on
 * it is decided, whatever the rest of the rows hold, or at the error rate that was allowed. Decided
 * are expectations of shares of all rows, such as accuracy; one of anything else lets the pass go
 * on to the end.
 */
final class EarlyPass {
  /** Looking costs: the next time is when so much more was read, or so much less is left. */
  private static final int PATIENCE = 20;

  private final Plan plan;
  private final Map<String, SequentialProportion> sequences = new HashMap<>();
  private Map<String, Interval> bounds = Map.of();
  private long lastLook;
  private long nextLook = 1;
  private long all;
  private boolean asked;

  /**
   * What hangs on a pass.
   *
   * @param error how often the verdict may be another than that of all rows
   */
  record Plan(List<Expectation> expectations, double error) {

    /** The plan for a probe of a suite; empty if one of its checks needs all rows. */
    static Optional<Plan> of(SuiteSpec suite, ProbeSpec probe) {
      List<HealthCheck> hanging =
          suite.checks().stream()
              .map(check -> check.check())
              .filter(check -> check.probe().equals(probe))
              .toList();
      List<EarlyDecision> early =
          hanging.stream().flatMap(check -> Stream.ofNullable(check.early())).toList();
      boolean paired =
          hanging.stream()
              .flatMap(check -> check.expectations().stream())
              .anyMatch(e -> e.condition() instanceof Condition.AgainstBaseline);
      // What is held against an approved run is held so row by row, over all rows.
      if (early.isEmpty() || early.size() < hanging.size() || paired) {
        return Optional.empty();
      }
      return Optional.of(
          new Plan(
              hanging.stream().flatMap(check -> check.expectations().stream()).distinct().toList(),
              early.stream().mapToDouble(EarlyDecision::rate).min().orElse(0)));
    }

    private double errorOfEach() {
      return error
          / Math.max(1, expectations.stream().map(Expectation::measurement).distinct().count());
    }
  }

  EarlyPass(Plan plan) {
    this.plan = plan;
  }

  RowOrder order() {
    return plan.error() > 0 ? RowOrder.RANDOM : RowOrder.COUNTED;
  }

  synchronized boolean isDecided(long rows, long total, Supplier<Reading> soFar) {
    asked = true;
    if (rows <= lastLook) { // another pass of the same probe
      lastLook = 0;
      nextLook = 1;
      sequences.clear();
    }
    if (total < 0 || rows >= total || rows < nextLook || plan.expectations().isEmpty()) {
      return false;
    }
    Reading reading = soFar.get();
    Map<String, Interval> now = new LinkedHashMap<>();
    boolean decided = true;
    for (Expectation expectation : plan.expectations()) {
      String name = expectation.measurement();
      Optional<Interval> known =
          now.containsKey(name)
              ? Optional.ofNullable(now.get(name))
              : reading
                  .measurement(name)
                  .filter(measured -> isShareOf(measured, rows))
                  .map(measured -> bounds(measured, rows, total));
      known.ifPresent(interval -> now.put(name, interval));
      decided &=
          known.isPresent()
              && Bounded.decides(
                  reading.measurement(name).orElseThrow(), known.get(), expectation.condition());
    }
    lastLook = rows;
    nextLook = rows + Math.max(1, Math.min(rows, total - rows) / PATIENCE);
    if (decided) {
      bounds = now;
      all = total;
    }
    return decided;
  }

  /** Whether a measurement counts rows among all that were read. */
  private static boolean isShareOf(Measurement measured, long rows) {
    Interval interval = measured.interval();
    return measured.unit() == Unit.FRACTION
        && measured.value() != null
        && measured.count() == rows
        && interval != null
        && interval.method().equals("Wilson");
  }

  private Interval bounds(Measurement measured, long rows, long total) {
    @Nullable Double value = measured.value();
    long successes = Math.round((value == null ? 0 : value) * rows);
    if (plan.error() == 0) {
      return new Interval(
          (double) successes / total,
          (double) (successes + total - rows) / total,
          1,
          "whatever the other rows hold");
    }
    SequentialProportion sequence =
        sequences.computeIfAbsent(
            measured.name(), name -> new SequentialProportion(total, plan.errorOfEach()));
    sequence.goTo(rows, successes);
    return sequence.interval();
  }

  /** The reading with the bounds that decided, and a word on how many rows it took. */
  synchronized Probed close(Probed probed, String keyword) {
    Reading reading = probed.reading();
    if (reading == null) {
      return probed;
    }
    if (!asked) {
      return Probed.ended(
          Status.ERROR,
          "'decide-early' is for probes that feed the model from a pass over data, such as"
              + " classification, regression and outputs; %s is none of them".formatted(keyword),
          null);
    }
    if (bounds.isEmpty()) {
      return probed;
    }
    return probed
        .reading(
            new Reading(
                reading.measurements().stream().map(this::bounded).toList(), reading.evidence()))
        .noting(new Evidence.Note("Decided early", sentence()));
  }

  private Measurement bounded(Measurement measured) {
    Interval interval = bounds.get(measured.name());
    return interval == null
        ? measured
        : new Measurement(
            measured.name(),
            measured.unit(),
            measured.value(),
            measured.text(),
            measured.count(),
            interval,
            measured.note());
  }

  private String sentence() {
    String rows = String.format(Locale.ROOT, "decided after %,d of %,d rows", lastLook, all);
    return plan.error() == 0
        ? rows + "; whatever the others hold, the verdict stays"
        : String.format(
            Locale.ROOT,
            "%s, read in random order; at most once in %,d runs is the verdict another than that of"
                + " all rows",
            rows,
            Math.round(1 / plan.error()));
  }
}
