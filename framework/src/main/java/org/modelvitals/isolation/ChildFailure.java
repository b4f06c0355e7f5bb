package org.modelvitals.isolation;

/** What was thrown in a child process; the message is its stack trace there. */
public final class ChildFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChildFailure(String trace) {
    super("in a process of its own: " + trace.strip(), null, false, false);
  }
}
