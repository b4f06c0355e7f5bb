package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * The declaration of the latency probe.
 *
 * @param data what the model is fed, from the beginning again when it is used up; null for inputs
 *     made from the signature
 * @param calls how many queries are timed, unless the time is over before; null for as many as it
 *     takes to decide what is expected
 * @param samples of a query, in multi-stream; null for 8
 * @param rate queries that arrive in a second, on average, in server
 * @param callers how many answer queries at the same time, in server; null for 1
 * @param covers time of the signal that one query is about, such as 32 ms of sound
 */
@Doc("How long one call of the model takes.")
public record LatencySpec(
    @Doc("How calls follow each other.") @Default("single-stream") Scenario scenario,
    @Doc("What the model is fed; made from the signature if left out.") @Nullable DataSpec data,
    @Doc("Calls that are timed; as many as the verdict needs if left out.") @Minimum(1)
        @Nullable Long calls,
    @Doc("Samples of one query, in multi-stream; 8 if left out.") @Minimum(1)
        @Nullable Integer samples,
    @Doc(value = "Queries that arrive in a second, in server.", example = "50 /s")
        @Nullable Quantity rate,
    @Doc("How many answer queries at the same time, in server; 1 if left out.") @Minimum(1)
        @Nullable Integer callers,
    @Doc(
            value = "Time of the signal that one call is about; gives the real-time factor.",
            example = "32 ms")
        @Nullable Quantity covers,
    @Inline Timing timing)
    implements ProbeSpec {

  public LatencySpec {
    if (calls != null && calls < 1) {
      throw new IllegalArgumentException("calls must be at least 1, not " + calls);
    }
    only(scenario, Scenario.MULTI_STREAM, "samples", samples);
    only(scenario, Scenario.SERVER, "rate", rate);
    only(scenario, Scenario.SERVER, "callers", callers);
    atLeastOne("samples", samples);
    atLeastOne("callers", callers);
    if (scenario == Scenario.SERVER && rate == null) {
      throw new IllegalArgumentException(
          "the scenario 'server' needs a 'rate' at which queries arrive, such as '50 /s'");
    }
    positive("rate", rate, Dimension.RATE, "50 /s");
    positive("covers", covers, Dimension.TIME, "32 ms");
  }

  private static void only(
      Scenario scenario, Scenario wanted, String what, @Nullable Object value) {
    if (value != null && scenario != wanted) {
      throw new IllegalArgumentException(
          "'%s' is for the scenario '%s', and this one is '%s'".formatted(what, wanted, scenario));
    }
  }

  private static void atLeastOne(String what, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + value);
    }
  }

  private static void positive(
      String what, @Nullable Quantity value, Dimension dimension, String example) {
    if (value != null && (value.unit().dimension() != dimension || !(value.value() > 0))) {
      throw new IllegalArgumentException(
          "%s is '%s'; write for instance '%s'".formatted(what, value, example));
    }
  }

  /** How calls follow each other: scenarios of MLPerf Inference (Reddi and others 2020). */
  public enum Scenario {
    /** One caller, whose next query begins when the one before has been answered. */
    SINGLE_STREAM("single-stream"),
    /** The same, with several samples in a query. */
    MULTI_STREAM("multi-stream"),
    /** Queries arrive at random, whether or not those before have been answered. */
    SERVER("server");

    private final String words;

    Scenario(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** A single stream with inputs made from the signature, as long as the verdict needs. */
  public static LatencySpec latency() {
    return new LatencySpec(
        Scenario.SINGLE_STREAM, null, null, null, null, null, null, Timing.DEFAULT);
  }

  /** One caller, whose next query begins when the one before has been answered. */
  public LatencySpec singleStream() {
    return new LatencySpec(Scenario.SINGLE_STREAM, data, calls, null, null, null, covers, timing);
  }

  /** The same, with this many samples in a query: one call if the model takes them in a batch. */
  public LatencySpec multiStream(int value) {
    return new LatencySpec(Scenario.MULTI_STREAM, data, calls, value, null, null, covers, timing);
  }

  /** Queries arrive at random at a rate (a Poisson process), such as {@code perSecond(50)}. */
  public LatencySpec server(Quantity value) {
    return new LatencySpec(Scenario.SERVER, data, calls, null, value, callers, covers, timing);
  }

  /** How many answer queries at the same time, in the scenario server. */
  public LatencySpec callers(int value) {
    return new LatencySpec(scenario, data, calls, samples, rate, value, covers, timing);
  }

  /** What the model is fed. */
  public LatencySpec on(DataSpec value) {
    return new LatencySpec(scenario, value, calls, samples, rate, callers, covers, timing);
  }

  /** How many calls are timed, instead of as many as the verdict needs. */
  public LatencySpec calls(long value) {
    return new LatencySpec(scenario, data, value, samples, rate, callers, covers, timing);
  }

  /** Time of the signal that one call is about, such as 32 ms of sound. */
  public LatencySpec covers(Quantity value) {
    return new LatencySpec(scenario, data, calls, samples, rate, callers, value, timing);
  }

  /** Seconds after which no more calls are timed. */
  public LatencySpec seconds(double value) {
    return with(timing.seconds(value));
  }

  /** With how much confidence a condition passes, and with how much it fails. */
  public LatencySpec confidence(Quantity value) {
    return with(timing.confidence(value));
  }

  /** The least warm-up, in calls and in seconds; both must be reached. */
  public LatencySpec warmup(long leastCalls, double leastSeconds) {
    return with(timing.warmup(leastCalls, leastSeconds));
  }

  /** Seconds after which calls are timed even if they are not steady; with 0 nobody asks. */
  public LatencySpec warmupLimit(double value) {
    return with(timing.warmupLimit(value));
  }

  /** The share of the processors' time that others may take meanwhile. */
  public LatencySpec interference(Quantity value) {
    return with(timing.interference(value));
  }

  private LatencySpec with(Timing value) {
    return new LatencySpec(scenario, data, calls, samples, rate, callers, covers, value);
  }

  int samplesOfQuery() {
    return scenario != Scenario.MULTI_STREAM ? 1 : samples == null ? 8 : samples;
  }

  int callersAtOnce() {
    return callers == null ? 1 : callers;
  }

  double perSecond() {
    return rate == null ? 0 : rate.in(Unit.PER_SECOND);
  }
}
