package org.modelvitals.checks.budget;

import org.modelvitals.suite.Measured;

/**
 * The probes of this family in Java: {@code latency().singleStream().expect(p99().isAtMost(...))},
 * {@code memory().expect(peak().isAtMost(mebibytes(64)))}.
 */
public final class Budget {
  private Budget() {}

  /** A probe of the time that one call takes. */
  public static LatencySpec latency() {
    return LatencySpec.latency();
  }

  /** A probe of the resident memory that the model adds to a process. */
  public static MemorySpec memory() {
    return MemorySpec.memory();
  }

  /** Half of the calls take no longer. */
  public static Measured p50() {
    return Measured.measured("p50");
  }

  public static Measured p90() {
    return Measured.measured("p90");
  }

  public static Measured p95() {
    return Measured.measured("p95");
  }

  /** 99 % of the calls take no longer. */
  public static Measured p99() {
    return Measured.measured("p99");
  }

  public static Measured p999() {
    return Measured.measured("p99.9");
  }

  /** The slowest call that was seen. */
  public static Measured max() {
    return Measured.measured("max");
  }

  /** The fastest call that was seen. */
  public static Measured min() {
    return Measured.measured("min");
  }

  public static Measured mean() {
    return Measured.measured("mean");
  }

  /** How many calls a second one caller gets answered: the inverse of the mean. */
  public static Measured callsPerSecond() {
    return Measured.measured("calls per second");
  }

  /** Resident memory added by loading the model. */
  public static Measured loaded() {
    return Measured.measured("loaded");
  }

  /** The most resident memory that loading and running the model added at any time. */
  public static Measured peak() {
    return Measured.measured("peak");
  }

  /** Resident memory that each call adds and does not give back. */
  public static Measured growthPerCall() {
    return Measured.measured("growth per call");
  }

  /** Resident memory that is still there after the model was closed. */
  public static Measured afterClose() {
    return Measured.measured("after close");
  }
}
