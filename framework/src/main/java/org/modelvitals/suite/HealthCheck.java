package org.modelvitals.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.unit.Quantity;

/**
 * A probe with its expectations; immutable, so that every method returns another check.
 *
 * @param expectations those of one measurement stand together, as they do in YAML
 * @param early whether a pass over data may end before the data do; null if not
 * @param containment what the check says of its own; the rest is as its suite has it
 */
public record HealthCheck(
    ProbeSpec probe,
    List<Expectation> expectations,
    Set<String> tags,
    @Nullable EarlyDecision early,
    Containment containment) {
  public HealthCheck {
    expectations = together(expectations);
    tags = Set.copyOf(tags);
  }

  private static List<Expectation> together(List<Expectation> expectations) {
    Map<String, List<Expectation>> byMeasurement = new LinkedHashMap<>();
    for (Expectation expectation : expectations) {
      byMeasurement
          .computeIfAbsent(expectation.measurement(), name -> new ArrayList<>())
          .add(expectation);
    }
    List<Expectation> together = new ArrayList<>();
    byMeasurement.values().forEach(together::addAll);
    return List.copyOf(together);
  }

  public static HealthCheck of(ProbeSpec probe) {
    return new HealthCheck(probe, List.of(), Set.of(), null, Containment.NONE);
  }

  /** The same check with one more expectation. */
  public HealthCheck expect(Expectation expectation) {
    return new HealthCheck(
        probe,
        Stream.concat(expectations.stream(), Stream.of(expectation)).toList(),
        tags,
        early,
        containment);
  }

  /** The same check with more tags, as JUnit Platform tags. */
  public HealthCheck tagged(String... more) {
    Set<String> all = new TreeSet<>(tags);
    all.addAll(List.of(more));
    return new HealthCheck(probe, expectations, all, early, containment);
  }

  /** The same check, whose pass over data ends as soon as the rest cannot change the verdict. */
  public HealthCheck decidedEarly() {
    return decidedEarly(Quantity.percent(0));
  }

  /**
   * The same check, which reads rows in random order until the verdict is known.
   *
   * @param error how often, at most, it may differ from that of all rows
   */
  public HealthCheck decidedEarly(Quantity error) {
    return new HealthCheck(probe, expectations, tags, new EarlyDecision(error), containment);
  }

  /** The same check, whose model runs in a process of its own, so that it may crash. */
  public HealthCheck isolated() {
    return isolated(true);
  }

  /** The same check, whose model runs in a process of its own or not, whatever the suite says. */
  public HealthCheck isolated(boolean value) {
    return contained(containment.isolated(value));
  }

  /** The same check, which is stopped and fails after a time. */
  public HealthCheck timeout(Quantity after) {
    return contained(containment.timeout(new Timeout(after)));
  }

  HealthCheck contained(Containment value) {
    return new HealthCheck(probe, expectations, tags, early, value);
  }
}
