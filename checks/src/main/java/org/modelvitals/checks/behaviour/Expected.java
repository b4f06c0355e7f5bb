package org.modelvitals.checks.behaviour;

import java.util.Map;
import org.modelvitals.data.Batch;
import org.modelvitals.model.Value;

/** Where the values come from that outputs are compared with, batch by batch. */
interface Expected extends AutoCloseable {

  /** Nothing is compared. */
  Expected NOTHING = (batch, actual) -> Map.of();

  /**
   * What the outputs of the next batch should be, by name.
   *
   * @param actual the outputs that are measured
   */
  Map<String, ? extends Value> next(Batch batch, Map<String, Value> actual);

  @Override
  default void close() {}
}
