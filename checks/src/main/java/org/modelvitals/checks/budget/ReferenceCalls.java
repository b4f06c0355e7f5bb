package org.modelvitals.checks.budget;

import java.util.function.Supplier;
import org.modelvitals.data.DataException;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeException;

/**
 * Calls of the model that another one is timed against. What it cannot do is no failure of the
 * model that is tested: the check cannot run, and the sentence names the reference.
 */
final class ReferenceCalls implements TimedCalls {
  private final String name;
  private final TimedCalls calls;

  ReferenceCalls(String name, TimedCalls calls) {
    this.name = name;
    this.calls = calls;
  }

  /**
   * Does something with the reference.
   *
   * @throws ProbeException if that is not possible
   */
  static <T> T attempt(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (ModelException | DataException e) {
      throw new ProbeException(
          "the reference '%s' cannot be timed: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public long time() {
    return attempt(name, calls::time);
  }

  @Override
  public void done() {
    attempt(
        name,
        () -> {
          calls.done();
          return name;
        });
  }

  @Override
  public void restart() {
    attempt(
        name,
        () -> {
          calls.restart();
          return name;
        });
  }

  @Override
  public boolean isOrdered() {
    return calls.isOrdered();
  }

  @Override
  public long passes() {
    return calls.passes();
  }

  @Override
  public void close() {
    calls.close();
  }
}
