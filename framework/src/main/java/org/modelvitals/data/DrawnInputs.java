package org.modelvitals.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.InputUses.Purpose;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;

/**
 * Declares inputs that a signature lets us make, with sizes and ranges that its names and the graph
 * suggest. What it cannot know is a guess, of which one may be tried after the other.
 *
 * @param batch rows in a call
 * @param length size of a free dimension of which nothing is known
 * @param past size of a free dimension that is called after the past
 * @param integers whole numbers of which nothing is known are drawn from 0 up to this, excluded
 */
public record DrawnInputs(int batch, long length, long past, long integers) {
  private static final List<String> WORDS =
      List.of("one", "quick", "brown fox", "", "jumps", "Über", "42", "dogs");

  /** The usual rate of speech, in samples a second. */
  private static final String RATE = "16000";

  /**
   * Adds a declaration for each input that has none.
   *
   * @param dimensions sizes of named free dimensions that are known
   * @param purposes what the graph does with an input, by the input's name
   */
  public DataSpec complete(
      DataSpec declared,
      Signature signature,
      Map<String, Long> dimensions,
      Map<String, Purpose> purposes) {
    BatchAxes axes = BatchAxes.of(signature);
    DataSpec data = declared;
    for (ValueInfo input : signature.inputs()) {
      if (!data.inputs().containsKey(input.name())) {
        List<Long> shape = shape(input, axes, dimensions);
        Purpose purpose = purposes.getOrDefault(input.name(), Purpose.UNKNOWN);
        data = data.input(input.name(), source(input, shape, purpose));
      }
    }
    return data;
  }

  private List<Long> shape(ValueInfo input, BatchAxes axes, Map<String, Long> dimensions) {
    Integer batchAxis = axes.inputs().get(input.name());
    List<Long> shape = new ArrayList<>();
    for (int axis = 0; axis < input.shape().size(); axis++) {
      Dim dim = input.shape().get(axis);
      String name = dim.name();
      Long known = name == null ? null : dimensions.get(name);
      boolean rows = batchAxis != null && batchAxis == axis;
      shape.add(
          !dim.isFree() ? dim.size() : known != null ? known : rows ? (long) batch : free(name));
    }
    return shape;
  }

  /** {@code past_sequence_length + 1} and the like are sums. */
  private long free(@Nullable String name) {
    if (name == null) {
      return length;
    }
    if (name.contains("+")) {
      return Arrays.stream(name.split("\\+"))
          .map(String::strip)
          .mapToLong(part -> part.matches("\\d{1,9}") ? Long.parseLong(part) : free(part))
          .sum();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("total")
        ? past + length
        : lower.contains("past") || lower.contains("cache") ? past : length;
  }

  private InputSpec source(ValueInfo input, List<Long> shape, Purpose purpose) {
    String name = input.name().toLowerCase(Locale.ROOT);
    return switch (input.type()) {
      case STRING -> new InputSpec.Constant(words(shape), shape);
      case BOOL -> name.contains("use_cache") ? constant("true", shape) : random(shape, 0, 2);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 ->
          name.contains("mask") ? constant("1", shape) : random(shape, 0, 1);
      case OTHER ->
          throw new DataException(
              "input '%s' is %s; values of this type cannot be drawn"
                  .formatted(input.name(), input.description()));
      default -> whole(name, input.type(), shape, purpose);
    };
  }

  private InputSpec whole(String name, ElementType type, List<Long> shape, Purpose purpose) {
    if (name.contains("mask") || purpose.isSize()) {
      return constant("1", shape);
    } else if (name.equals("sr") || name.matches(".*sampl(e|ing)_?rate.*")) {
      return constant(RATE, shape);
    } else if (name.contains("position")) {
      return new InputSpec.Constant(positions(shape), shape);
    } else if (purpose.rows().isPresent()) {
      return random(shape, 0, (double) Math.max(1, purpose.rows().getAsLong()));
    }
    return switch (type) {
      case INT8 -> random(shape, -128, 128);
      case UINT8 -> random(shape, 0, 256);
      default -> random(shape, 0, (double) integers);
    };
  }

  /** Counted on from the past, along the last axis. */
  private List<String> positions(List<Long> shape) {
    long last = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
    List<String> row =
        LongStream.range(0, last).map(i -> past + i).mapToObj(Long::toString).toList();
    List<String> all = new ArrayList<>();
    for (long rest = size(shape); rest > 0; rest -= Math.max(1, last)) {
      all.addAll(row);
    }
    return all.isEmpty() ? List.of("0") : all;
  }

  private static List<String> words(List<Long> shape) {
    int size = Math.toIntExact(size(shape));
    return size == 0
        ? List.of("")
        : IntStream.range(0, size).mapToObj(i -> WORDS.get(i % WORDS.size())).toList();
  }

  private static long size(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static InputSpec constant(String value, List<Long> shape) {
    return new InputSpec.Constant(Collections.singletonList(value), shape);
  }

  private static InputSpec random(List<Long> shape, double low, double high) {
    return new InputSpec.Random(shape, low, high, null);
  }
}
