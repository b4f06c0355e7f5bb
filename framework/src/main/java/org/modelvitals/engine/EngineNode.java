package org.modelvitals.engine;

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

  @Override
  public ExecutionMode getExecutionMode() {
    return ExecutionMode.CONCURRENT;
  }
}
