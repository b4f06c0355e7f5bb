package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** The inputs of one call, moved to the edges of their range. */
final class Edges {
  /** Longer tables are looked up in part. */
  private static final int MOST_CALLS = 64;

  private final Calls.Call base;
  private final Map<String, Range> floats = new LinkedHashMap<>();
  private final Map<String, Range> whole = new LinkedHashMap<>();

  /**
   * A kind of input.
   *
   * @param within whether it lies in the range
   * @param words what the inputs are, for the middle of a sentence
   */
  record Edge(String name, boolean within, String words, Map<String, Tensor> inputs) {}

  /** Both ends included. */
  private record Range(double low, double high) {}

  Edges(Calls calls) {
    base = calls.all().get(0);
    Map<String, InputSpec.Random> drawn = calls.drawn();
    base.inputs()
        .forEach(
            (name, tensor) -> {
              InputSpec.Random random = drawn.get(name);
              boolean sampled =
                  calls.data().file() != null && !calls.data().inputs().containsKey(name);
              if (tensor.type() == ElementType.STRING || tensor.type() == ElementType.BOOL) {
                return;
              }
              if (tensor.type().isFloating() && (random != null || sampled)) {
                floats.put(
                    name,
                    random == null
                        ? seen(calls, name)
                        : new Range(random.low(), below(random.high(), tensor.type())));
              } else if (random != null) {
                whole.put(name, new Range(random.low(), Math.ceil(random.high()) - 1));
              }
            });
  }

  private static Range seen(Calls calls, String input) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Calls.Call call : calls.all()) {
      Tensor tensor = call.inputs().get(input);
      for (int i = 0; tensor != null && i < tensor.size(); i++) {
        low = Math.min(low, tensor.getDouble(i));
        high = Math.max(high, tensor.getDouble(i));
      }
    }
    return new Range(low, high);
  }

  /** The largest value below an excluded bound. */
  private static double below(double bound, ElementType type) {
    return switch (type) {
      case FLOAT64 -> Math.nextDown(bound);
      case FLOAT32 -> Math.nextDown((float) bound);
      case FLOAT16 -> bound - Math.ulp((float) bound) * (1 << 12);
      default -> bound - Math.ulp((float) bound) * (1 << 15);
    };
  }

  List<Edge> all() {
    List<Edge> edges = new ArrayList<>();
    if (!floats.isEmpty()) {
      if (floats.values().stream().allMatch(range -> range.low() <= 0 && 0 <= range.high())) {
        edges.add(floats("zeros", true, "all 0", (type, range) -> 0));
        edges.add(floats("tiny", true, "all the smallest normal number", (t, r) -> smallest(t)));
        edges.add(floats("denormal", true, "all the smallest number", (t, r) -> denormal(t)));
      }
      if (floats.values().stream().allMatch(range -> range.low() <= 1 && 1 <= range.high())) {
        edges.add(floats("ones", true, "all 1", (type, range) -> 1));
      }
      edges.add(floats("lowest", true, "all at the lower end", (type, range) -> range.low()));
      edges.add(floats("highest", true, "all at the upper end", (type, range) -> range.high()));
      edges.add(
          floats(
              "negative", false, "all below the range", (t, range) -> range.low() - width(range)));
      edges.add(floats("large", false, "a thousand times as large", (t, r) -> large(r, 1e3)));
      edges.add(floats("huge", false, "half the largest number", (type, range) -> most(type) / 2));
    }
    if (!whole.isEmpty()) {
      edges.add(whole("lowest index", (tensor, range) -> fill(tensor, range.low())));
      edges.add(whole("highest index", (tensor, range) -> fill(tensor, range.high())));
      everyIndex(edges);
    }
    return edges;
  }

  private interface Value {
    double of(ElementType type, Range range);
  }

  private Edge floats(String name, boolean within, String words, Value value) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(base.inputs());
    floats.forEach(
        (input, range) ->
            inputs.computeIfPresent(
                input,
                (key, tensor) -> {
                  Tensor copy = Tensors.copy(tensor);
                  fill(copy, value.of(tensor.type(), range));
                  return copy;
                }));
    return new Edge(name, within, "with floating-point inputs " + words, inputs);
  }

  private Edge whole(String name, BiConsumer<Tensor, Range> filler) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(base.inputs());
    whole.forEach(
        (input, range) ->
            inputs.computeIfPresent(
                input,
                (key, tensor) -> {
                  Tensor copy = Tensors.copy(tensor);
                  filler.accept(copy, range);
                  return copy;
                }));
    return new Edge(name, true, "with whole numbers all the " + name, inputs);
  }

  /** As many calls as it takes to say every number of every range once. */
  private void everyIndex(List<Edge> edges) {
    whole.forEach(
        (input, range) -> {
          Tensor first = base.inputs().get(input);
          if (first == null || first.size() == 0) {
            return;
          }
          double count = range.high() - range.low() + 1;
          for (int call = 0; call < MOST_CALLS && (double) call * first.size() < count; call++) {
            Tensor copy = Tensors.copy(first);
            for (int i = 0; i < copy.size(); i++) {
              copy.setLong(i, (long) (range.low() + ((double) call * copy.size() + i) % count));
            }
            edges.add(
                new Edge(
                    "every index",
                    true,
                    "with '%s' from %s on".formatted(input, copy.getLong(0)),
                    base.with(input, copy)));
          }
        });
  }

  private static void fill(Tensor tensor, double value) {
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setDouble(i, value);
    }
  }

  private static double width(Range range) {
    return Math.max(range.high() - range.low(), Math.ulp(1f));
  }

  private static double large(Range range, double times) {
    return times * Math.max(Math.abs(range.low()), Math.abs(range.high()));
  }

  private static double smallest(ElementType type) {
    return switch (type) {
      case FLOAT64 -> Double.MIN_NORMAL;
      case FLOAT16 -> 0x1p-14;
      default -> Float.MIN_NORMAL;
    };
  }

  private static double denormal(ElementType type) {
    return switch (type) {
      case FLOAT64 -> Double.MIN_VALUE;
      case FLOAT16 -> 0x1p-24;
      case BFLOAT16 -> 0x1p-133;
      default -> Float.MIN_VALUE;
    };
  }

  private static double most(ElementType type) {
    return switch (type) {
      case FLOAT64 -> Double.MAX_VALUE;
      case FLOAT16 -> 65504;
      default -> 0x1p127;
    };
  }
}
