package org.modelvitals.engine;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;
import org.modelvitals.suite.SuiteSpec;

/** A suite in the tree, or a class that only names YAML suites and has them as children. */
final class SuiteNode extends AbstractTestDescriptor implements Node<RunContext> {
  private final @Nullable Suite suite;
  private final String legacyName;

  SuiteNode(UniqueId id, String name, String legacyName, TestSource source, @Nullable Suite suite) {
    super(id, name, source);
    this.suite = suite;
    this.legacyName = legacyName;
  }

  /** The suite, unless this is a class that only names others. */
  Optional<Suite> suite() {
    return Optional.ofNullable(suite);
  }

  @Override
  public String getLegacyReportingName() {
    return legacyName;
  }

  @Override
  public Type getType() {
    return Type.CONTAINER;
  }

  @Override
  public Set<TestTag> getTags() {
    Set<TestTag> tags = new LinkedHashSet<>();
    getParent().ifPresent(parent -> tags.addAll(parent.getTags()));
    if (suite != null) {
      suite.spec().tags().forEach(tag -> tags.add(TestTag.create(tag)));
    }
    return tags;
  }

  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.CONCURRENT;
  }

  @Override
  public void cleanUp(RunContext context) {
    if (suite != null) {
      context.models().finished(suite);
    }
  }

  /**
   * A suite with what execution needs.
   *
   * @param source where it is declared, for people
   */
  record Suite(String id, SuiteSpec spec, Base base, String source) {}
}
