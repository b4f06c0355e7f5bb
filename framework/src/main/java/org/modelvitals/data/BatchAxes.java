package org.modelvitals.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Dim;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;

/**
 * Along which axis each input of a model holds the rows of a batch. If a free dimension is called
 * after a batch, that is it, wherever it stands; otherwise it is the first, if it is free. The
 * state of a recurrent network, which has its layers first, is recognised beside such an input.
 *
 * @param name of the dimension; null if it has none
 * @param inputs the axis of each input that has one, by the input's name
 */
public record BatchAxes(@Nullable String name, Map<String, Integer> inputs) {
  private static final String BATCH = "batch";
  private static final Pattern STATE =
      Pattern.compile("state|hidden|\\b[hc][_0-9]*\\b", Pattern.CASE_INSENSITIVE);

  public BatchAxes {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  public static BatchAxes of(Signature signature) {
    String called =
        dims(signature)
            .map(Dim::name)
            .filter(Objects::nonNull)
            .filter(dim -> dim.toLowerCase(Locale.ROOT).contains(BATCH))
            .filter(dim -> !dim.contains("+"))
            .findFirst()
            .orElse(null);
    Map<String, Integer> axes = new LinkedHashMap<>();
    String name = called;
    for (ValueInfo input : signature.inputs()) {
      OptionalInt axis = axis(input, called);
      if (axis.isPresent()) {
        axes.put(input.name(), axis.getAsInt());
        name = name == null ? input.shape().get(axis.getAsInt()).name() : name;
      }
    }
    if (called == null && !axes.isEmpty()) {
      signature.inputs().stream()
          .filter(BatchAxes::isState)
          .forEach(input -> axes.putIfAbsent(input.name(), 1));
    }
    return new BatchAxes(name, axes);
  }

  /** Layers, rows, and the width of the state, as PyTorch and ONNX have them. */
  private static boolean isState(ValueInfo input) {
    List<Dim> shape = input.shape();
    return shape.size() == 3
        && !shape.get(0).isFree()
        && shape.get(1).isFree()
        && shape.get(1).name() == null
        && !shape.get(2).isFree()
        && (shape.get(0).size() > 1 || STATE.matcher(input.name()).find());
  }

  private static Stream<Dim> dims(Signature signature) {
    return signature.inputs().stream().flatMap(input -> input.shape().stream()).filter(Dim::isFree);
  }

  private static OptionalInt axis(ValueInfo value, @Nullable String called) {
    List<Dim> shape = value.shape();
    for (int axis = 0; called != null && axis < shape.size(); axis++) {
      if (called.equals(shape.get(axis).name())) {
        return OptionalInt.of(axis);
      }
    }
    return !shape.isEmpty()
            && shape.get(0).isFree()
            && (called == null || shape.get(0).name() == null)
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  /** Whether a call may have any number of rows. */
  public boolean any() {
    return !inputs.isEmpty();
  }

  /**
   * The axis of an output: that of the same name; else the first, or the second of one that is
   * called after a state.
   */
  public int ofOutput(ValueInfo output) {
    for (int axis = 0; name != null && axis < output.shape().size(); axis++) {
      if (name.equals(output.shape().get(axis).name())) {
        return axis;
      }
    }
    return output.shape().size() == 3
            && inputs.containsValue(1)
            && STATE.matcher(output.name()).find()
        ? 1
        : 0;
  }
}
