package org.modelvitals.checks.budget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.BatchAxes;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.DrawnInputs;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.InputUses;
import org.modelvitals.model.InputUses.Purpose;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.ValueInfo;

/** Completes what a declaration says of the inputs by what can be made from the signature. */
final class GeneratedInputs {
  private GeneratedInputs() {}

  /**
   * Data that feed every input. Without a dataset, inputs that are not declared are made, as {@link
   * DrawnInputs} does it: one row, of one element along other free dimensions unless the session
   * sets them, and with no past. With a dataset, a call has one row unless the declaration says
   * otherwise.
   */
  static DataSpec complete(@Nullable DataSpec declared, Model model, SessionSpec session) {
    DataSpec data = declared == null ? DataSpec.generated() : declared;
    if (data.file() != null) {
      return data.batch() == null ? data.batch(1) : data;
    }
    data = made(data, model, session, 1);
    // Generated data are one row, unless a state must be carried on from call to call.
    return hasFeedback(data) && data.limit() == null ? data.limit(Long.MAX_VALUE) : data;
  }

  /**
   * Data that feed {@code rows} rows in one call; empty if the model takes them one at a time only:
   * an input's first dimension is not free, was set by the session, or is declared by the data.
   */
  static Optional<DataSpec> batched(
      @Nullable DataSpec declared, Model model, SessionSpec session, int rows) {
    DataSpec data = declared == null ? DataSpec.generated() : declared;
    boolean free =
        model.signature().inputs().stream()
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
    Map<String, Integer> axes = BatchAxes.of(model.signature()).inputs();
    boolean asRows =
        model.signature().inputs().stream()
            .allMatch(input -> axes.getOrDefault(input.name(), 1) == 0);
    return data.inputs().isEmpty() && asRows
        ? Optional.of(made(data, model, session, rows))
        : Optional.empty();
  }

  private static boolean hasFreeRows(ValueInfo input, SessionSpec session) {
    if (input.shape().isEmpty() || !input.shape().get(0).isFree()) {
      return false;
    }
    String name = input.shape().get(0).name();
    return name == null || !session.dimensions().containsKey(name);
  }

  private static DataSpec made(DataSpec data, Model model, SessionSpec session, int rows) {
    List<String> asked =
        model.signature().inputs().stream()
            .filter(input -> !input.type().isFloating())
            .map(ValueInfo::name)
            .filter(name -> !data.inputs().containsKey(name))
            .toList();
    // Looking for what numbers are for takes a look at the whole file.
    Map<String, Purpose> purposes =
        asked.isEmpty() ? Map.of() : InputUses.of(model.file().path(), asked);
    return new DrawnInputs(rows, 1, 0, 2)
        .complete(data, model.signature(), session.dimensions(), purposes);
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
