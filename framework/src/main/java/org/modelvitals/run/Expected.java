package org.modelvitals.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.suite.Expectation;

/** What a check expects in all. */
final class Expected {
  private Expected() {}

  /**
   * What is written, and what the probe implies of measurements that nothing is written about: who
   * expects a measurement to be something else says so by expecting it.
   */
  static List<Expectation> of(List<Expectation> written, List<Expectation> implied) {
    Set<String> known =
        written.stream().map(Expectation::measurement).collect(Collectors.toUnmodifiableSet());
    return Stream.concat(
            written.stream(),
            implied.stream().filter(expectation -> !known.contains(expectation.measurement())))
        .distinct()
        .toList();
  }
}
