package org.modelvitals.probe;

/**
 * The check does not apply to this model: it is about something that the model does not have. The
 * message is a sentence, and becomes the reason for which the check is skipped.
 */
public final class NotApplicableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotApplicableException(String message) {
    super(message);
  }
}
