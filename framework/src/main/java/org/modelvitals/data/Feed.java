package org.modelvitals.data;

import java.util.Map;
import java.util.Optional;
import org.modelvitals.model.Value;

/** Rows of a dataset as batches of input tensors, read as they are asked for. For one thread. */
public interface Feed extends AutoCloseable {

  /**
   * The next batch, in buffers that the one after it uses again; empty at the end.
   *
   * @throws DataException naming file and line if a row does not fit
   */
  Optional<Batch> next();

  /**
   * Lets several batches be in use at once: a batch then stays as it is until {@code batches} more
   * have been asked for. To be called before the first one.
   *
   * @return how many may be in use; 1 if a batch is fed what came out of the one before it
   */
  default int hold(int batches) {
    return 1;
  }

  /** Hands over the outputs of the last batch, for inputs that are fed back from outputs. */
  void feedback(Map<String, Value> outputs);

  /** How many rows a full batch has; the last one may have fewer. */
  int batch();

  /** How many rows there will be, or -1 if that is not known without reading them. */
  long totalRows();

  @Override
  void close();
}
