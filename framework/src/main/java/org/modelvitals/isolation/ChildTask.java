package org.modelvitals.isolation;

/** What a {@link ChildJvm} does; has a constructor without parameters. */
public interface ChildTask {

  /**
   * Does it. When this returns, the process ends.
   *
   * @throws org.modelvitals.model.ModelException is thrown again in the parent, as the model's
   *     fault; anything else is the fault of the check
   */
  void run(ParentLink parent) throws Exception;
}
