package org.modelvitals.engine;

import org.jspecify.annotations.Nullable;

/** What JUnit gets for a check that could not run: an error, not a failure of the model. */
public final class CheckErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckErrorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
