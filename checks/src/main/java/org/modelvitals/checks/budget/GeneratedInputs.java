package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;

/** Completes what a declaration says of the inputs by what can be made from the signature. */
final class GeneratedInputs {
  private GeneratedInputs() {}

  /**
   * Data that feed every input. Without a dataset, inputs that are not declared are made: random
   * numbers from 0 to 1 for floating point, ones for integers (a valid index nearly everywhere, and
   * a mask that masks nothing), true, empty texts; free dimensions are 1 unless the session sets
   * them. With a dataset, a call has one row unless the declaration says otherwise.
   */
  static DataSpec complete(@Nullable DataSpec declared, Signature signature, SessionSpec session) {
    DataSpec data = declared == null ? DataSpec.generated() : declared;
    if (data.file() != null) {
      return data.batch() == null ? data.batch(1) : data;
    }
    for (ValueInfo input : signature.inputs()) {
      if (!data.inputs().containsKey(input.name())) {
        data = data.input(input.name(), made(input, session.dimensions(), 1));
      }
    }
    // Generated data are one row, unless a state must be carried on from call to call.
    return hasFeedback(data) && data.limit() == null ? data.limit(Long.MAX_VALUE) : data;
  }

  /**
   * Data that feed {@code rows} rows in one call; empty if the model takes them one at a time only:
   * an input's first dimension is not free, was set by the session, or is declared by the data.
   */
  static Optional<DataSpec> batched(
      @Nullable DataSpec declared, Signature signature, SessionSpec session, int rows) {
    DataSpec data = declared == null ? DataSpec.generated() : declared;
    boolean free =
        signature.inputs().stream()
            .filter(input -> !data.inputs().containsKey(input.name()))
            .allMatch(input -> hasFreeRows(input, session));
    if (!free || hasFeedback(data)) {
      return Optional.empty();
    }
    if (data.file() != null) {
      return data.batch() == null || data.batch() == rows
          ? Optional.of(data.batch(rows))
          : Optional.empty();
    }
    if (!data.inputs().isEmpty()) {
      return Optional.empty();
    }
    DataSpec all = data;
    for (ValueInfo input : signature.inputs()) {
      all = all.input(input.name(), made(input, session.dimensions(), rows));
    }
    return Optional.of(all);
  }

  private static boolean hasFreeRows(ValueInfo input, SessionSpec session) {
    if (input.shape().isEmpty() || !input.shape().get(0).isFree()) {
      return false;
    }
    String name = input.shape().get(0).name();
    return name == null || !session.dimensions().containsKey(name);
  }

  private static InputSpec made(ValueInfo input, Map<String, Long> dimensions, long rows) {
    List<Long> shape = new ArrayList<>();
    for (Dim dim : input.shape()) {
      String name = dim.name();
      long free = shape.isEmpty() ? rows : 1;
      shape.add(
          dim.isFree() ? (name == null ? free : dimensions.getOrDefault(name, free)) : dim.size());
    }
    if (input.type().isFloating()) {
      return new InputSpec.Random(shape, 0, 1, null);
    }
    String value =
        input.type() == ElementType.BOOL ? "true" : input.type() == ElementType.STRING ? "" : "1";
    return new InputSpec.Constant(List.of(value), shape);
  }

  /** Whether some input is fed back from an output. */
  static boolean hasFeedback(DataSpec data) {
    return !feedback(data).isEmpty();
  }

  /** The inputs that are fed back, and the outputs that they are fed back from. */
  static Map<String, String> feedback(@Nullable DataSpec data) {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (data != null) {
      data.inputs()
          .forEach(
              (input, source) -> {
                if (source instanceof InputSpec.Feedback feedback) {
                  outputs.put(input, feedback.output());
                }
              });
    }
    return outputs;
  }

  /** Whether every call gets the same inputs. */
  static boolean isConstant(DataSpec data) {
    return data.file() == null && data.limit() == null && !hasFeedback(data);
  }
}
