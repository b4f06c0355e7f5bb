package org.modelvitals.data;

/**
 * A dataset does not fit: the message names file and line, what was found and what was expected.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
