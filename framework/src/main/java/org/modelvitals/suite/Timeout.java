package org.modelvitals.suite;

import java.time.Duration;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * The longest that a check may take. One that takes longer is stopped and fails.
 *
 * @param after a time that is more than nothing
 */
@Doc("The longest that a check may take; then it is stopped and fails.")
@Shorthand("after")
public record Timeout(@Doc(value = "A time.", example = "30 s") Quantity after) {

  public Timeout {
    if (after.unit().dimension() != Dimension.TIME || !(after.value() > 0)) {
      throw new IllegalArgumentException(
          "timeout is '%s'; expected a time that is more than nothing, such as '30 s' or '5 min'"
              .formatted(after));
    }
  }

  public Duration duration() {
    return Duration.ofNanos((long) (after.in(Unit.SECONDS) * 1e9));
  }
}
