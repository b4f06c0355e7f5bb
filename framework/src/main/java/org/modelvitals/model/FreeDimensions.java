package org.modelvitals.model;

import java.nio.file.Path;
import java.util.Set;
import org.modelvitals.text.Nearest;

/** The named free dimensions of a model's inputs, which a session may give sizes. */
public final class FreeDimensions {
  private FreeDimensions() {}

  /**
   * Requires that a session names dimensions which the model has; the runtime takes any name
   * without a word. A file in ONNX Runtime's own format hides the names and is not looked at.
   *
   * @throws ModelException with reason {@code BAD_INPUT} and the nearest name
   */
  public static void require(SessionSpec session, Path model) {
    if (session.dimensions().isEmpty()) {
      return;
    }
    GraphOutline.of(model)
        .map(GraphOutline::dimensions)
        .ifPresent(known -> session.dimensions().keySet().forEach(n -> require(n, known, model)));
  }

  private static void require(String name, Set<String> known, Path model) {
    if (known.contains(name)) {
      return;
    }
    String help =
        known.isEmpty()
            ? "they have no named free dimensions"
            : Nearest.to(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "there are " + String.join(", ", known));
    throw new ModelException(
        ModelException.Reason.BAD_INPUT,
        "the session gives the dimension '%s' a size, which no input of %s has; %s"
            .formatted(name, model, help));
  }
}
