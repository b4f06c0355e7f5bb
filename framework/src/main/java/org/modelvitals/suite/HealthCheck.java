package org.modelvitals.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A probe with its expectations; immutable, so that every method returns another check.
 *
 * @param expectations those of one measurement stand together, as they do in YAML
 */
public record HealthCheck(ProbeSpec probe, List<Expectation> expectations, Set<String> tags) {
  public HealthCheck {
    expectations =
        expectations.stream()
            .collect(
                Collectors.groupingBy(
                    Expectation::measurement, LinkedHashMap::new, Collectors.toList()))
            .values()
            .stream()
            .flatMap(List::stream)
            .toList();
    tags = Set.copyOf(tags);
  }

  public static HealthCheck of(ProbeSpec probe) {
    return new HealthCheck(probe, List.of(), Set.of());
  }

  /** The same check with one more expectation. */
  public HealthCheck expect(Expectation expectation) {
    return new HealthCheck(
        probe, Stream.concat(expectations.stream(), Stream.of(expectation)).toList(), tags);
  }

  /** The same check with more tags, as JUnit Platform tags. */
  public HealthCheck tagged(String... more) {
    Set<String> all = new TreeSet<>(tags);
    all.addAll(List.of(more));
    return new HealthCheck(probe, expectations, all);
  }
}
