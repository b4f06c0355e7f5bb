package org.modelvitals.engine;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestTag;

/** Tags of suites and checks as the platform's tags. */
final class Tags {
  private Tags() {}

  /** Leaves out what the platform does not take; {@link #problems} tells of it. */
  static Set<TestTag> of(Collection<String> tags) {
    return tags.stream()
        .filter(TestTag::isValid)
        .map(TestTag::create)
        .collect(Collectors.toUnmodifiableSet());
  }

  static List<String> problems(Collection<String> tags) {
    return tags.stream()
        .filter(tag -> !TestTag.isValid(tag))
        .sorted()
        .map("'%s' is no tag: a tag has no spaces and none of , ( ) & | !"::formatted)
        .toList();
  }
}
