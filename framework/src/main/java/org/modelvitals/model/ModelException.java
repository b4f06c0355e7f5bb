package org.modelvitals.model;

/**
 * The model could not be read, loaded or run. The message is a sentence for the person who sees it.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public ModelException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public ModelException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What follows from the exception: whose fault it is. */
  public enum Reason {
    /** The file is missing, broken, or not a valid model: the model failed. */
    INVALID_MODEL,
    /** The runtime has no implementation of something the model needs: a reason to skip. */
    NOT_IMPLEMENTED,
    /** The device is not there: skipped or failed, as the suite says. */
    DEVICE_MISSING,
    /** What was fed does not fit the model: the check could not run. */
    BAD_INPUT,
    /** The call failed in the runtime: the model failed. */
    RUN_FAILED,
    /** The run was cancelled. */
    CANCELLED
  }
}
