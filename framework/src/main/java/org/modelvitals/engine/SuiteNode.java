package org.modelvitals.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;
import org.modelvitals.run.RunnableSuite;

/** A suite in the tree, or a class that only names YAML suites and has them as children. */
final class SuiteNode extends AbstractTestDescriptor implements Node<RunContext> {
  private final @Nullable RunnableSuite suite;
  private final String legacyName;
  private final Set<TestTag> tags;
  private final Map<String, DeclaredCheck> checks;
  private final List<String> files;

  /**
   * @param suite null if there is nothing of its own to run
   * @param tags of its checks, and of those of its files
   * @param checks what is declared, by the last segment of the check's unique id
   * @param files the YAML suites it names, by the last segments of their unique ids
   */
  SuiteNode(
      UniqueId id,
      String name,
      String legacyName,
      TestSource source,
      @Nullable RunnableSuite suite,
      Set<String> tags,
      Map<String, DeclaredCheck> checks,
      List<String> files) {
    super(id, name, source);
    this.suite = suite;
    this.legacyName = legacyName;
    this.checks = new LinkedHashMap<>(checks);
    this.files = files;
    this.tags = Tags.of(tags);
  }

  /** The suite, unless this is a class that only names others. */
  Optional<RunnableSuite> suite() {
    return Optional.ofNullable(suite);
  }

  /** The names of the checks that it declares, selected or not. */
  Set<String> checkNames() {
    return checks.keySet();
  }

  /** A node for one of its checks. */
  Optional<CheckNode> check(UniqueId id, String name) {
    DeclaredCheck declared = checks.get(name);
    return suite == null || declared == null
        ? Optional.empty()
        : Optional.of(new CheckNode(id, suite, declared));
  }

  List<String> files() {
    return files;
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
    Set<TestTag> all = new LinkedHashSet<>(tags);
    getParent().ifPresent(parent -> all.addAll(parent.getTags()));
    return all;
  }

  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.CONCURRENT;
  }

  @Override
  public void cleanUp(RunContext context) {
    if (suite != null) {
      context.runner().finished(suite);
    }
  }

  @Override
  public void nodeSkipped(RunContext context, TestDescriptor descriptor, SkipResult result) {
    context.recorder().skipped(this, result);
    cleanUp(context);
  }
}
