package org.modelvitals.yaml;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Minimum;

/**
 * How the values of a type stand in YAML. Reading, writing, JSON Schema and docs are all derived
 * from shapes, and shapes from the records that declare suites and probes; see {@link Shapes}.
 */
sealed interface Shape {

  /** Any scalar, as it is written: {@code no} and {@code 1.10} are texts too. */
  record Text() implements Shape {}

  record Bool() implements Shape {}

  /**
   * A number.
   *
   * @param type {@code Integer}, {@code Long}, {@code Float} or {@code Double}
   */
  record Numeric(Class<?> type) implements Shape {
    boolean whole() {
      return type == Integer.class || type == Long.class;
    }
  }

  /** One of the constants of an enum, by their names in YAML. */
  record Choice(Class<?> type, Map<String, Object> constants) implements Shape {}

  /** A text with an inner form, such as a quantity; {@code toString} writes what is parsed. */
  record Parsed(Class<?> type, Function<String, Object> parser) implements Shape {}

  /** A list of items; one item may stand without brackets. */
  record Sequence(Shape items) implements Shape {}

  /** A map whose keys are any text. */
  record Mapping(Shape values) implements Shape {}

  /**
   * A record.
   *
   * @param keyword selects it among the variants of a sealed type
   * @param shorthand the field that a value which is not a mapping stands for
   * @param fields those of inlined records among them
   */
  record Fields(
      Class<?> type,
      String keyword,
      String doc,
      Optional<Field> shorthand,
      Map<String, Field> fields,
      Maker maker)
      implements Shape {

    boolean needsNothing() {
      return fields.values().stream().noneMatch(Field::required);
    }
  }

  /** Makes a record of the values of its fields, in their order. */
  interface Maker {
    Object make(List<@Nullable Object> values);
  }

  /**
   * A sealed interface of records: a mapping with one key, which is the variant's keyword.
   *
   * @param shorthand the variant that a value which is not a mapping stands for
   */
  record Variants(
      Class<?> type, String doc, Optional<String> shorthand, Map<String, Fields> variants)
      implements Shape {}

  /** What the reader of suites reads itself: the declaration of a check. */
  record Raw() implements Shape {}

  /**
   * A component of a record.
   *
   * @param name the key in YAML
   * @param component the name in Java
   * @param minimum the least number, of its items if it is a list or map
   * @param defaultText the default as YAML; null if there is none
   * @param fallback the value when the key is left out: of {@code defaultText}, an empty collection
   *     or null
   */
  record Field(
      String name,
      String component,
      String doc,
      String example,
      Optional<Minimum> minimum,
      boolean required,
      @Nullable String defaultText,
      Later<Shape> shape,
      Later<Optional<Object>> fallback,
      Function<Object, @Nullable Object> accessor) {

    /** The same field of a record that stands within another. */
    Field within(Function<Object, @Nullable Object> outer) {
      return new Field(
          name,
          component,
          doc,
          example,
          minimum,
          required,
          defaultText,
          shape,
          fallback,
          owner -> accessor.apply(Objects.requireNonNull(outer.apply(owner), component)));
    }
  }

  /** What a value that fits is called in messages. */
  static String expected(Shape shape) {
    if (shape instanceof Text) {
      return "a text";
    } else if (shape instanceof Bool) {
      return "true or false";
    } else if (shape instanceof Numeric number) {
      return number.whole() ? "a whole number" : "a number";
    } else if (shape instanceof Choice choice) {
      return Words.oneOf(List.copyOf(choice.constants().keySet()));
    } else if (shape instanceof Parsed parsed) {
      return "a " + Words.kebab(parsed.type().getSimpleName());
    } else if (shape instanceof Sequence) {
      return "a list";
    } else {
      return "a mapping of keys to values";
    }
  }
}
