package org.modelvitals.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into plain data after their shapes: texts, numbers, booleans, lists and maps, in the
 * shortest form that {@link ShapeReader} turns back into an equal value.
 */
final class ShapeWriter {
  private ShapeWriter() {}

  static Object write(Object value, Shape shape) {
    if (shape instanceof Shape.Choice choice) {
      return choice.constants().entrySet().stream()
          .filter(entry -> entry.getValue() == value)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    } else if (shape instanceof Shape.Parsed) {
      return value.toString();
    } else if (shape instanceof Shape.Sequence sequence) {
      return ((List<?>) value).stream().map(item -> write(item, sequence.items())).toList();
    } else if (shape instanceof Shape.Mapping mapping) {
      Map<String, Object> written = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((key, item) -> written.put((String) key, write(item, mapping.values())));
      return written;
    } else if (shape instanceof Shape.Fields fields) {
      return record(value, fields);
    } else if (shape instanceof Shape.Variants variants) {
      return variant(value, variants);
    }
    return value;
  }

  /** The fields of a record that do not have their default. */
  static Map<String, Object> fields(Object value, Shape.Fields shape) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (Shape.Field field : shape.fields().values()) {
      Object given = field.accessor().apply(value);
      Object fallback = field.required() ? null : field.fallback().get().orElse(null);
      if (!Objects.equals(given, fallback)) {
        written.put(field.name(), write(present(given, field, shape), field.shape().get()));
      }
    }
    return written;
  }

  private static Object present(@Nullable Object given, Shape.Field field, Shape.Fields shape) {
    if (given == null) {
      throw new IllegalArgumentException(
          "'%s' of %s is null, which YAML cannot say"
              .formatted(field.component(), shape.type().getName()));
    }
    return given;
  }

  private static Object record(Object value, Shape.Fields shape) {
    Map<String, Object> written = fields(value, shape);
    Optional<Object> bare =
        shape
            .shorthand()
            .filter(field -> written.keySet().equals(java.util.Set.of(field.name())))
            .map(field -> Objects.requireNonNull(written.get(field.name())))
            .filter(alone -> !(alone instanceof Map));
    return bare.orElse(written);
  }

  private static Object variant(Object value, Shape.Variants shape) {
    Shape.Fields fields =
        shape.variants().values().stream()
            .filter(candidate -> candidate.type() == value.getClass())
            .findFirst()
            .orElseThrow();
    Object written = record(value, fields);
    boolean bare =
        shape.shorthand().filter(fields.keyword()::equals).isPresent() && !(written instanceof Map);
    return bare ? written : Map.of(fields.keyword(), written);
  }
}
