package org.modelvitals.model;

/**
 * Calls of a model that follow each other: some outputs of a call are inputs of the next one, and
 * stay in native memory between them. For one thread at a time. It ends with the handle of the
 * model that it was obtained from, if nobody closed it before.
 */
public interface Recurrence extends AutoCloseable {

  /**
   * Feeds a tensor, in every call from now on until another is fed in its place. The runtime reads
   * its memory in each call, so it may be filled anew between them. Feeding a carried input starts
   * it anew.
   *
   * @throws ModelException if the tensor does not fit the signature
   */
  void feed(String input, Tensor tensor);

  /**
   * Feeds what the last call of {@code from} gave as {@code output}, a carried or kept one. Valid
   * until {@code from} runs again or is closed.
   */
  void take(String input, Recurrence from, String output);

  /**
   * Lets the runtime write an output into a tensor, in every call from now on. Its shape must be
   * the one that the call gives.
   */
  void write(String output, Tensor tensor);

  /** From now on the runtime allocates an output, which is neither carried nor kept, itself. */
  void release(String output);

  /**
   * One call. Afterwards carried outputs are the inputs of the next call.
   *
   * @param places by how much carried tensors that grow do so in this call: the number of tokens
   *     that are fed. It tells their new shapes beforehand; a tensor that does otherwise costs an
   *     allocation and nothing else
   * @throws ModelException if an input was not fed, or the model fails; then what is carried is
   *     what it was before
   */
  void run(int places);

  /**
   * An output of the last call: the tensor that was written, or a copy of one that was released.
   */
  Value read(String output);

  /** The shape of what the next call is fed. */
  long[] shape(String input);

  /** The size of all carried tensors that the next call is fed, in bytes. */
  long carriedBytes();

  @Override
  void close();
}
