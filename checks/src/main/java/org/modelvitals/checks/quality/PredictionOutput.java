package org.modelvitals.checks.quality;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.text.Nearest;

/**
 * The output that holds the predictions, and their form.
 *
 * @param width values in one row
 */
public record PredictionOutput(String name, Form form, int width) {

  /** How an output says what it predicts. */
  public enum Form {
    /** Numbers, one for each class, or one for the second of two classes. */
    SCORES,
    /** A map from class to probability for each row. */
    MAPS,
    /** The class itself. */
    LABELS
  }

  private static final List<String> TELLING = List.of("prob", "logit", "score");

  /** Chooses by the rule that {@link Classification} documents. */
  public static PredictionOutput choose(
      Map<String, Value> outputs, @Nullable String wanted, OutputKind kind, int rows) {
    String name = wanted == null ? choose(outputs, kind) : wanted;
    Value value = outputs.get(name);
    if (value == null) {
      throw new ProbeException(
          "the model has no output '%s'%s"
              .formatted(
                  name,
                  Nearest.to(name, outputs.keySet())
                      .map(near -> "; did you mean '" + near + "'?")
                      .orElse("; it has " + String.join(", ", outputs.keySet()))));
    }
    if (value instanceof Value.MapSequence) {
      return new PredictionOutput(name, Form.MAPS, 1);
    }
    if (!(value instanceof Tensor tensor)) {
      throw new ProbeException(
          "the output '%s' is neither a tensor nor a sequence of maps; name the one with the"
                  .formatted(name)
              + " prediction with 'output'");
    }
    int width = width(name, tensor, rows);
    return new PredictionOutput(name, form(name, tensor, width, kind), width);
  }

  private static String choose(Map<String, Value> outputs, OutputKind kind) {
    Predicate<Value> maps = value -> value instanceof Value.MapSequence;
    Predicate<Value> floating = value -> value instanceof Tensor t && t.type().isFloating();
    Predicate<Value> tensor = value -> value instanceof Tensor;
    Optional<String> found =
        kind == OutputKind.LABELS
            ? first(outputs, tensor.and(floating.negate()), "")
            : first(outputs, maps, "")
                .or(
                    () ->
                        TELLING.stream()
                            .flatMap(t -> first(outputs, floating, t).stream())
                            .findFirst())
                .or(() -> first(outputs, floating, ""));
    return found
        .or(() -> first(outputs, tensor, ""))
        .orElseThrow(
            () ->
                new ProbeException(
                    "none of the outputs %s can hold a prediction"
                        .formatted(String.join(", ", outputs.keySet()))));
  }

  private static Optional<String> first(
      Map<String, Value> outputs, Predicate<Value> fits, String part) {
    return outputs.entrySet().stream()
        .filter(entry -> fits.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
        .findFirst();
  }

  private static int width(String name, Tensor tensor, int rows) {
    boolean leading = tensor.rank() > 0 && tensor.dim(0) == rows;
    if (tensor.size() == 0 || (!leading && rows != 1)) {
      throw new ProbeException(
          "the output '%s' is %s for %d rows; expected one prediction for each row"
              .formatted(name, tensor, rows));
    }
    return tensor.size() / rows;
  }

  private static Form form(String name, Tensor tensor, int width, OutputKind kind) {
    ElementType type = tensor.type();
    boolean discrete = type == ElementType.STRING || !type.isFloating();
    boolean labels =
        kind == OutputKind.LABELS || (kind == OutputKind.AUTO && discrete && width == 1);
    if (labels && width != 1) {
      throw new ProbeException(
          "the output '%s' is %s, with %d values a row; labels need one"
              .formatted(name, tensor, width));
    }
    if (!labels && (type == ElementType.STRING || type == ElementType.BOOL)) {
      throw new ProbeException(
          "the output '%s' is %s, which cannot be %s"
              .formatted(
                  name,
                  tensor,
                  kind == OutputKind.AUTO ? "scores" : kind.name().toLowerCase(Locale.ROOT)));
    }
    return labels ? Form.LABELS : Form.SCORES;
  }

  /** The tensor of this output in one call, checked against what the first call had. */
  public Tensor tensor(Map<String, Value> outputs, int rows) {
    if (!(outputs.get(name) instanceof Tensor tensor)) {
      throw new ProbeException("the output '%s' was a tensor and is none now".formatted(name));
    }
    int now = width(name, tensor, rows);
    if (now != width) {
      throw new ProbeException(
          "the output '%s' has %d values a row, and had %d before".formatted(name, now, width));
    }
    return tensor;
  }

  /** The maps of this output in one call. */
  public List<Map<Object, Double>> maps(Map<String, Value> outputs, int rows) {
    if (!(outputs.get(name) instanceof Value.MapSequence sequence)
        || sequence.rows().size() != rows) {
      throw new ProbeException(
          "the output '%s' does not hold one map for each of %d rows".formatted(name, rows));
    }
    return sequence.rows();
  }
}
