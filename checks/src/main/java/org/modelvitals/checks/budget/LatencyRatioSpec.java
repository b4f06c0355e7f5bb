package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Quantity;

/**
 * The declaration of the latency ratio probe.
 *
 * @param against the model that is the measure, relative to the suite, or {@value #YARDSTICK}, or
 *     {@value #JAVA_YARDSTICK}
 * @param data what both models are fed, each the inputs that it has; a yardstick is fed what it
 *     takes
 */
@Doc("How long a call takes, over that of a reference that is timed in turn with it.")
@Shorthand("against")
public record LatencyRatioSpec(
    @Doc(
            value =
                "The model to compare with: another one, or the approved build of this one; or the"
                    + " word 'yardstick' for a model that is the same everywhere, or"
                    + " 'java-yardstick' for a workload that does not need the runtime.",
            example = "approved/digits.onnx")
        String against,
    @Doc("What both are fed; made from the signature if left out.") @Nullable DataSpec data,
    @Inline Timing timing)
    implements ProbeSpec {

  /** The word that stands for the workload that comes with this probe. */
  static final String YARDSTICK = "yardstick";

  /** The word that stands for the workload in plain Java. */
  static final String JAVA_YARDSTICK = "java-yardstick";

  public LatencyRatioSpec {
    if (against.isBlank()) {
      throw new IllegalArgumentException(
          "against is empty; expected the path of a model, 'yardstick' or 'java-yardstick'");
    }
  }

  /** Against another model, or the approved build of the same one. */
  public static LatencyRatioSpec latencyRatio(String model) {
    return new LatencyRatioSpec(model, null, Timing.DEFAULT);
  }

  /** Against a workload that is the same everywhere. */
  public static LatencyRatioSpec latencyRatioToYardstick() {
    return latencyRatio(YARDSTICK);
  }

  /** Against a workload in plain Java, which a slower runtime does not make slower. */
  public static LatencyRatioSpec latencyRatioToJavaYardstick() {
    return latencyRatio(JAVA_YARDSTICK);
  }

  /** What both are fed. */
  public LatencyRatioSpec on(DataSpec value) {
    return new LatencyRatioSpec(against, value, timing);
  }

  /** Seconds after which no more calls are timed. */
  public LatencyRatioSpec seconds(double value) {
    return with(timing.seconds(value));
  }

  /** With how much confidence a condition passes, and with how much it fails. */
  public LatencyRatioSpec confidence(Quantity value) {
    return with(timing.confidence(value));
  }

  /** The least warm-up, in calls and in seconds; both must be reached. */
  public LatencyRatioSpec warmup(long leastCalls, double leastSeconds) {
    return with(timing.warmup(leastCalls, leastSeconds));
  }

  /** Seconds after which calls are timed even if they are not steady; with 0 nobody asks. */
  public LatencyRatioSpec warmupLimit(double value) {
    return with(timing.warmupLimit(value));
  }

  private LatencyRatioSpec with(Timing value) {
    return new LatencyRatioSpec(against, data, value);
  }
}
