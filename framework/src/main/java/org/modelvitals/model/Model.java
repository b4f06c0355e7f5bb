package org.modelvitals.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that is loaded on a device, ready to run. It may be used by several threads at once.
 *
 * <p>Obtained from the engine (see {@code ProbeContext}) or from {@link ModelPool}; whoever
 * obtained it from the pool closes it, and the runtime's session ends with the last of those who
 * share it.
 */
public interface Model extends AutoCloseable {

  /** What is known of the file without running it. */
  ModelFile file();

  Signature signature();

  DeviceSpec device();

  SessionSpec session();

  /** Seconds that the runtime took to make the session; NaN where nobody knows. */
  default double loadSeconds() {
    return Double.NaN;
  }

  /**
   * Runs the model once. Outputs are in tensors of their own, which stay valid after the next run.
   *
   * @param inputs by name; each has a type and shape that the signature allows
   * @return outputs by name, in the order of the graph
   * @throws ModelException with a sentence that names the model and what went wrong
   */
  Map<String, Value> run(Map<String, Tensor> inputs);

  /**
   * Binds inputs, and outputs where their shapes allow, once, for a loop in which nothing but the
   * runtime's call happens. Runs the model once to learn the shapes.
   */
  Call prepare(Map<String, Tensor> inputs);

  /**
   * Calls that follow each other, in which outputs become inputs.
   *
   * @param carried inputs by the outputs that become them in the next call
   * @param kept outputs that another recurrence takes
   */
  default Recurrence recurrence(Map<String, String> carried, Set<String> kept) {
    return new PlainRecurrence(this, carried);
  }

  /**
   * Where the nodes really ran. Empty until the model has run; models that asked for the CPU only
   * never need a profile and answer at once.
   */
  Optional<Placement> placement();

  /**
   * Stops the calls that are running now through this handle, which then throw {@link
   * ModelException}; calls of others who share the session go on. For cancellation.
   */
  void interrupt();

  @Override
  void close();

  /** A call with its inputs and outputs bound. For one thread at a time. */
  interface Call extends AutoCloseable {
    /** The runtime's call and nothing else. Inputs may have been filled anew before. */
    void run();

    /** The outputs of the last run, in the memory that the next run writes over. */
    Map<String, Value> outputs();

    @Override
    void close();
  }
}
