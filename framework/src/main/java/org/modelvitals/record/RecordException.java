package org.modelvitals.record;

/** A document is not a run record that can be read; the message says why in a sentence. */
public final class RecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RecordException(String message) {
    super(message);
  }

  RecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
