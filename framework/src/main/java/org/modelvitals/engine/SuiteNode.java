package org.modelvitals.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;
import org.modelvitals.run.RunnableSuite;

/**
 * A suite in the tree, or what only stands for others and has them as children: a class that names
 * YAML suites, or a declaration about several models.
 */
final class SuiteNode extends AbstractTestDescriptor implements Node<RunContext> {
  private final @Nullable RunnableSuite suite;
  private final String legacyName;
  private final Set<TestTag> tags;
  private final Map<String, DeclaredCheck> checks;
  private final List<String> files;
  private final Map<String, Function<UniqueId, SuiteNode>> models;

  /**
   * @param suite null if there is nothing of its own to run
   * @param tags of its checks, and of those of its files
   * @param checks what is declared, by the last segment of the check's unique id
   * @param files the YAML suites it names, by the last segments of their unique ids
   * @param models the suites that it stands for, by the last segments of their unique ids
   */
  SuiteNode(
      UniqueId id,
      String name,
      String legacyName,
      TestSource source,
      @Nullable RunnableSuite suite,
      Set<String> tags,
      Map<String, DeclaredCheck> checks,
      List<String> files,
      Map<String, Function<UniqueId, SuiteNode>> models) {
    super(id, name, source);
    this.suite = suite;
    this.legacyName = legacyName;
    this.checks = new LinkedHashMap<>(checks);
    this.files = files;
    this.models = models;
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

  /** What the models are called of which it stands for a suite each. */
  Set<String> modelNames() {
    return models.keySet();
  }

  /** A node for the suite of one of its models. */
  Optional<SuiteNode> model(UniqueId id, String name) {
    return Optional.ofNullable(models.get(name)).map(maker -> maker.apply(id));
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
