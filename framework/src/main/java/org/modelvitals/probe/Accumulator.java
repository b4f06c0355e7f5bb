package org.modelvitals.probe;

import java.util.Map;
import org.modelvitals.data.Batch;
import org.modelvitals.model.Value;
import org.modelvitals.reading.Reading;

/**
 * The state of a probe over data. Batches are added, accumulators of disjoint rows are merged, and
 * in the end one is finished into a reading; so the same probe runs on one thread, on many, in
 * shards.
 *
 * @param <A> the accumulator itself
 */
public interface Accumulator<A extends Accumulator<A>> {

  /** Takes in one batch. Neither {@code batch} nor {@code outputs} may be kept: both are reused. */
  void add(Batch batch, Map<String, Value> outputs);

  /** Takes in what another accumulator of the same declaration has seen, of later rows. */
  void merge(A other);

  Reading finish();

  /**
   * What can be read off while the pass goes on, to decide whether it may end. May leave out what
   * takes long to make, such as intervals by resampling.
   */
  default Reading soFar() {
    return finish();
  }
}
