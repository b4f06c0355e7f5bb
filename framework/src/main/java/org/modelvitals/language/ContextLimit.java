package org.modelvitals.language;

import java.util.OptionalInt;
import org.modelvitals.model.ModelException;

/** How many tokens a model is made for. */
final class ContextLimit {
  private ContextLimit() {}

  /**
   * Refuses more tokens than there is room for.
   *
   * @param what has the tokens
   * @param length of the context; empty if it is not known
   * @throws ModelException with both numbers
   */
  static void require(String what, int tokens, OptionalInt length) {
    if (length.isPresent() && tokens > length.getAsInt()) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "%s has %d tokens and the model's context %d".formatted(what, tokens, length.getAsInt()));
    }
  }
}
