package org.modelvitals.yaml;

import java.util.List;
import java.util.stream.Stream;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.CheckSpec;
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
    return suite.checks().stream()
        .flatMap(
            check ->
                registry.of(check.check().probe()).stream()
                    .flatMap(type -> of(check, new ExpectationRules(registry, type))))
        .toList();
  }

  private static Stream<Problem> of(CheckSpec check, ExpectationRules rules) {
    return check.check().expectations().stream()
        .flatMap(expectation -> rules.problem(expectation).stream())
        .map(problem -> new Problem(check.name(), problem));
  }
}
