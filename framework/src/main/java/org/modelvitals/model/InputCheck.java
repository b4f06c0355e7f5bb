package org.modelvitals.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.text.Nearest;

/** Holds what is fed against the signature, in better words than the runtime has. */
final class InputCheck {
  private InputCheck() {}

  /**
   * Refuses inputs that do not fit.
   *
   * @throws ModelException with reason {@code BAD_INPUT}
   */
  static void require(Signature signature, Map<String, Tensor> inputs, Path model) {
    requireAll(signature, inputs.keySet(), model);
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      fits(info(signature, input.getKey(), model), input.getValue(), model);
    }
  }

  /** Refuses a call in which an input is missing. */
  static void requireAll(Signature signature, Set<String> fed, Path model) {
    for (ValueInfo input : signature.inputs()) {
      if (!fed.contains(input.name())) {
        throw bad(
            "%s needs the input %s, which was not fed; fed were %s"
                .formatted(model, input, fed.isEmpty() ? "none" : names(fed)));
      }
    }
  }

  /** The input of a name; refuses a name that there is not. */
  static ValueInfo info(Signature signature, String name, Path model) {
    return signature
        .input(name)
        .orElseThrow(
            () -> {
              List<String> known =
                  Stream.concat(signature.inputs().stream(), signature.overridable().stream())
                      .map(ValueInfo::name)
                      .toList();
              return bad(
                  "%s has no input '%s'%s"
                      .formatted(
                          model,
                          name,
                          Nearest.to(name, known)
                              .map(near -> "; did you mean '" + near + "'?")
                              .orElse("; its inputs are " + names(known))));
            });
  }

  /** Refuses a tensor that does not fit an input. */
  static void fits(ValueInfo info, Tensor tensor, Path model) {
    if (!info.isTensor()) {
      throw new ModelException(
          Reason.NOT_IMPLEMENTED,
          "%s takes '%s' as %s; only tensors can be fed"
              .formatted(model, info.name(), info.description()));
    }
    boolean fits = tensor.type() == info.type() && tensor.rank() == info.shape().size();
    long[] shape = tensor.shape();
    for (int axis = 0; fits && axis < shape.length; axis++) {
      Dim dim = info.shape().get(axis);
      fits = dim.isFree() || dim.size() == shape[axis];
    }
    if (!fits) {
      throw bad(
          "%s takes '%s' as %s and was fed %s%s"
              .formatted(
                  model, info.name(), info.description(), tensor.type(), Arrays.toString(shape)));
    }
  }

  private static String names(Collection<String> names) {
    return names.stream().collect(Collectors.joining("', '", "'", "'"));
  }

  private static ModelException bad(String sentence) {
    return new ModelException(Reason.BAD_INPUT, sentence);
  }
}
