package org.modelvitals.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.Node;
import org.modelvitals.probe.ProbeType.Demand;
import org.modelvitals.suite.CheckSpec;

/** A check in the tree: one test. */
final class CheckNode extends AbstractTestDescriptor implements Node<RunContext> {
  private final SuiteNode.Suite suite;
  private final CheckSpec check;
  private final String legacyName;
  private final Demand demand;

  CheckNode(
      UniqueId id,
      SuiteNode.Suite suite,
      CheckSpec check,
      String legacyName,
      TestSource source,
      Demand demand) {
    super(id, check.name(), source);
    this.suite = suite;
    this.check = check;
    this.legacyName = legacyName;
    this.demand = demand;
  }

  SuiteNode.Suite suite() {
    return suite;
  }

  CheckSpec check() {
    return check;
  }

  @Override
  public String getLegacyReportingName() {
    return legacyName;
  }

  @Override
  public Type getType() {
    return Type.TEST;
  }

  @Override
  public Set<TestTag> getTags() {
    Set<TestTag> tags = new LinkedHashSet<>();
    getParent().ifPresent(parent -> tags.addAll(parent.getTags()));
    check.check().tags().forEach(tag -> tags.add(TestTag.create(tag)));
    return tags;
  }

  /** Checks of one suite share a model and mostly a pass over it: one after the other. */
  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.SAME_THREAD;
  }

  /** A check that measures time or memory keeps every other check of the JVM waiting. */
  @Override
  public Set<ExclusiveResource> getExclusiveResources() {
    return demand == Demand.ALONE
        ? Set.of(
            new ExclusiveResource(
                ExclusiveResource.GLOBAL_KEY, ExclusiveResource.LockMode.READ_WRITE))
        : Set.of();
  }

  @Override
  public RunContext execute(RunContext context, DynamicTestExecutor dynamicTestExecutor) {
    CheckRunner.run(this, context);
    return context;
  }

  @Override
  public void nodeSkipped(
      RunContext context, org.junit.platform.engine.TestDescriptor descriptor, SkipResult result) {
    context.recorder().skipped(this, result.getReason().orElse("skipped"));
  }
}
