package org.modelvitals.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestTag;

/** Tags of suites and checks as the platform's tags. */
final class Tags {
  private Tags() {}

  /** Leaves out what the platform does not take; {@link #problems} tells of it. */
  static Set<TestTag> of(Collection<String> tags) {
    Set<TestTag> valid = new HashSet<>();
    for (String tag : tags) {
      if (TestTag.isValid(tag)) {
        valid.add(TestTag.create(tag));
      }
    }
    return Set.copyOf(valid);
  }

  static List<String> problems(Collection<String> tags) {
    List<String> problems = new ArrayList<>();
    for (String tag : tags) {
      if (!TestTag.isValid(tag)) {
        problems.add("'%s' is no tag: a tag has no spaces and none of , ( ) & | !".formatted(tag));
      }
    }
    Collections.sort(problems);
    return problems;
  }
}
