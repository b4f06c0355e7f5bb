package org.modelvitals.checks.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Quantity;

/**
 * The declaration of the throughput probe.
 *
 * @param data what the model is fed, from the beginning again when it is used up; null for inputs
 *     made from the signature
 * @param batches rows in one call, to compare; empty for what the data say, or 1
 * @param callers how many call at the same time, to compare; empty for 1
 */
@Doc("How many samples the model answers in a second when all of them are there from the start.")
public record ThroughputSpec(
    @Doc("What the model is fed; made from the signature if left out.") @Nullable DataSpec data,
    @Doc(value = "Rows in one call, to compare; as the data say if left out.", example = "[1, 8]")
        @Minimum(1)
        List<Integer> batches,
    @Doc(value = "How many call at the same time, to compare; 1 if left out.", example = "[1, 2]")
        @Minimum(1)
        List<Integer> callers,
    @Inline Timing timing)
    implements ProbeSpec {

  public ThroughputSpec {
    batches = distinct("batches", batches);
    callers = distinct("callers", callers);
  }

  private static List<Integer> distinct(String what, List<Integer> numbers) {
    numbers.stream()
        .filter(number -> number < 1)
        .findFirst()
        .ifPresent(
            number -> {
              throw new IllegalArgumentException(what + " must be at least 1, not " + number);
            });
    return numbers.stream().distinct().toList();
  }

  /** One caller, with inputs made from the signature. */
  public static ThroughputSpec throughput() {
    return new ThroughputSpec(null, List.of(), List.of(), Timing.DEFAULT);
  }

  /** What the model is fed. */
  public ThroughputSpec on(DataSpec value) {
    return new ThroughputSpec(value, batches, callers, timing);
  }

  /** Rows in one call, to compare. */
  public ThroughputSpec batches(Integer... values) {
    return new ThroughputSpec(data, List.of(values), callers, timing);
  }

  /** How many call at the same time, to compare. */
  public ThroughputSpec callers(Integer... values) {
    return new ThroughputSpec(data, batches, List.of(values), timing);
  }

  /** Seconds after which no more calls are timed. */
  public ThroughputSpec seconds(double value) {
    return with(timing.seconds(value));
  }

  /** With how much confidence a condition passes, and with how much it fails. */
  public ThroughputSpec confidence(Quantity value) {
    return with(timing.confidence(value));
  }

  /** The least warm-up, in calls and in seconds; both must be reached. */
  public ThroughputSpec warmup(long leastCalls, double leastSeconds) {
    return with(timing.warmup(leastCalls, leastSeconds));
  }

  /** Seconds after which calls are timed even if they are not steady; with 0 nobody asks. */
  public ThroughputSpec warmupLimit(double value) {
    return with(timing.warmupLimit(value));
  }

  /** The share of the processors' time that others may take meanwhile. */
  public ThroughputSpec interference(Quantity value) {
    return with(timing.interference(value));
  }

  private ThroughputSpec with(Timing value) {
    return new ThroughputSpec(data, batches, callers, value);
  }
}
