package org.modelvitals.engine;

import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/** The root of the tree: the beginning and the end of a run. */
final class EngineNode extends EngineDescriptor implements Node<RunContext> {
  EngineNode(UniqueId uniqueId) {
    super(uniqueId, "ModelVitals");
  }

  @Override
  public RunContext before(RunContext context) {
    context.begin(this);
    return context;
  }

  @Override
  public void cleanUp(RunContext context) {
    context.end();
  }

  /** A run that was cancelled before it began has a record, too. */
  @Override
  public void nodeSkipped(RunContext context, TestDescriptor descriptor, SkipResult result) {
    context.begin(this);
    context.recorder().skipped(this, result);
    context.end();
  }

  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.CONCURRENT;
  }
}
