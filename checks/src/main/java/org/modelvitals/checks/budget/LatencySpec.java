package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;

/**
 * The declaration of the latency probe.
 *
 * @param data what the model is fed, from the beginning again when it is used up; null for inputs
 *     made from the signature
 * @param calls how many calls are timed, unless the time is over before
 * @param seconds after which no more calls are timed
 * @param warmupCalls calls that are not timed, at least
 * @param warmupSeconds time of the calls that are not timed, at least
 */
@Doc("How long one call of the model takes.")
public record LatencySpec(
    @Doc("How calls follow each other.") @Default("single-stream") Scenario scenario,
    @Doc("What the model is fed; made from the signature if left out.") @Nullable DataSpec data,
    @Doc("Calls that are timed.") @Default("1000") @Minimum(1) long calls,
    @Doc("Seconds after which no more calls are timed.")
        @Default("30")
        @Minimum(value = 0, exclusive = true)
        double seconds,
    @Doc("Calls before the first that is timed, at least.") @Default("3") @Minimum(0)
        long warmupCalls,
    @Doc("Seconds of calls before the first that is timed, at least.") @Default("0.5") @Minimum(0)
        double warmupSeconds)
    implements ProbeSpec {

  public LatencySpec {
    if (calls < 1) {
      throw new IllegalArgumentException("calls must be at least 1, not " + calls);
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be more than 0, not " + seconds);
    }
    if (warmupCalls < 0 || !(warmupSeconds >= 0)) {
      throw new IllegalArgumentException("there cannot be less than no warm-up");
    }
  }

  /** How calls follow each other, in the words of MLPerf Inference. */
  public enum Scenario {
    /** One caller, whose next call begins when the one before has ended. */
    SINGLE_STREAM
  }

  /** A single stream of 1000 calls with inputs made from the signature. */
  public static LatencySpec latency() {
    return new LatencySpec(Scenario.SINGLE_STREAM, null, 1000, 30, 3, 0.5);
  }

  /** One caller, whose next call begins when the one before has ended. */
  public LatencySpec singleStream() {
    return new LatencySpec(
        Scenario.SINGLE_STREAM, data, calls, seconds, warmupCalls, warmupSeconds);
  }

  /** What the model is fed. */
  public LatencySpec on(DataSpec value) {
    return new LatencySpec(scenario, value, calls, seconds, warmupCalls, warmupSeconds);
  }

  /** How many calls are timed. */
  public LatencySpec calls(long value) {
    return new LatencySpec(scenario, data, value, seconds, warmupCalls, warmupSeconds);
  }

  /** Seconds after which no more calls are timed. */
  public LatencySpec seconds(double value) {
    return new LatencySpec(scenario, data, calls, value, warmupCalls, warmupSeconds);
  }

  /** The least warm-up, in calls and in seconds; both must be reached. */
  public LatencySpec warmup(long leastCalls, double leastSeconds) {
    return new LatencySpec(scenario, data, calls, seconds, leastCalls, leastSeconds);
  }
}
