package org.modelvitals.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.Node;
import org.modelvitals.probe.ProbeType.Demand;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;

/** A check in the tree: one test. */
final class CheckNode extends AbstractTestDescriptor implements Node<RunContext> {
  private static final String MACHINE = "org.modelvitals.machine";

  /**
   * A lock of our own instead of the platform's global one, because that one would be taken for the
   * whole suite: other suites would wait for its harmless checks, too.
   */
  private static final Set<ExclusiveResource> ALONE =
      Set.of(new ExclusiveResource(MACHINE, ExclusiveResource.LockMode.READ_WRITE));

  private static final Set<ExclusiveResource> SHARED =
      Set.of(new ExclusiveResource(MACHINE, ExclusiveResource.LockMode.READ));

  private final RunnableSuite suite;
  private final DeclaredCheck declared;
  private final Set<TestTag> tags;

  CheckNode(UniqueId id, RunnableSuite suite, DeclaredCheck declared) {
    super(id, declared.check().name(), declared.source());
    this.suite = suite;
    this.declared = declared;
    this.tags = Tags.of(declared.check().check().tags());
  }

  RunnableSuite suite() {
    return suite;
  }

  CheckSpec check() {
    return declared.check();
  }

  @Override
  public String getLegacyReportingName() {
    return declared.legacyName();
  }

  @Override
  public Type getType() {
    return Type.TEST;
  }

  @Override
  public Set<TestTag> getTags() {
    Set<TestTag> all = new LinkedHashSet<>(tags);
    getParent().ifPresent(parent -> all.addAll(parent.getTags()));
    return all;
  }

  /** Checks of one suite share a model and mostly a pass over it: one after the other. */
  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.SAME_THREAD;
  }

  /** A check that measures time or memory keeps every other check waiting while it runs. */
  @Override
  public Set<ExclusiveResource> getExclusiveResources() {
    return declared.demand() == Demand.ALONE ? ALONE : SHARED;
  }

  @Override
  public RunContext execute(RunContext context, DynamicTestExecutor dynamicTestExecutor) {
    context.run(this);
    return context;
  }

  @Override
  public void nodeSkipped(RunContext context, TestDescriptor descriptor, SkipResult result) {
    context.recorder().skipped(this, result);
  }
}
