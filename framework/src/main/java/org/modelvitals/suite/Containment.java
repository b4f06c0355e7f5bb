package org.modelvitals.suite;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a sick model from hurting anything but its own check.
 *
 * @param isolated whether the model runs in a process of its own, so that it may crash; null where
 *     that is left to what is around
 * @param timeout null where that is left to what is around
 */
public record Containment(@Nullable Boolean isolated, @Nullable Timeout timeout) {

  /** All is left to what is around. */
  public static final Containment NONE = new Containment(null, null);

  /** What is left open here is as it is there: a check's own within that of its suite. */
  public Containment within(Containment outer) {
    return new Containment(
        isolated == null ? outer.isolated : isolated, timeout == null ? outer.timeout : timeout);
  }

  Containment isolated(@Nullable Boolean value) {
    return new Containment(value, timeout);
  }

  Containment timeout(Timeout value) {
    return new Containment(isolated, value);
  }

  /** Whether it has been decided that the model runs in a process of its own. */
  public boolean isIsolated() {
    return Boolean.TRUE.equals(isolated);
  }

  /** The longest that the check may take, if that is declared. */
  public Optional<Duration> limit() {
    return Optional.ofNullable(timeout).map(Timeout::duration);
  }
}
