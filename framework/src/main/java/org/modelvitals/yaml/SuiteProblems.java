package org.modelvitals.yaml;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.SuiteSpec;

/** Mistakes that a suite can have in either form, found without running anything. */
public final class SuiteProblems {
  private SuiteProblems() {}

  /**
   * A mistake.
   *
   * @param check the check that it is in; empty if it is in the suite
   */
  public record Problem(String check, String message) {}

  /**
   * Expectations of measurements that their probes do not have, or have in another unit or with
   * another part, and ready suites that there are not, each with the nearest name.
   */
  public static List<Problem> of(SuiteSpec suite, ProbeRegistry registry) {
    Set<String> ready = registry.readySuites().keySet();
    return Stream.concat(
            suite.include().stream()
                .filter(name -> !ready.contains(name))
                .map(name -> new Problem("", unknownSuite(name, ready))),
            suite.checks().stream()
                .flatMap(
                    check ->
                        registry.of(check.check().probe()).stream()
                            .flatMap(type -> of(check, new ExpectationRules(registry, type)))))
        .toList();
  }

  static String unknownSuite(String name, Set<String> known) {
    return "unknown ready suite '%s'%s".formatted(name, Words.hint(name, known, "ready suites"));
  }

  private static Stream<Problem> of(CheckSpec check, ExpectationRules rules) {
    return check.check().expectations().stream()
        .flatMap(
            expectation ->
                rules
                    .problem(expectation)
                    .or(
                        () ->
                            rules.problemOfDeclaration(
                                expectation.measurement(), check.check().probe()))
                    .stream())
        .map(problem -> new Problem(check.name(), problem));
  }
}
