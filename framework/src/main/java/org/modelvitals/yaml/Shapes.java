package org.modelvitals.yaml;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Keyword;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Derives shapes from types: records, sealed interfaces of records, enums, lists, maps with text
 * keys, texts, numbers, booleans, and types with a static {@code parse(String)}. A component that
 * is none of these is a mistake of the probe's author and an {@link IllegalStateException}.
 */
final class Shapes {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          double.class,
          Double.class,
          float.class,
          Float.class);

  private static final ClassValue<Shape> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return derive(type);
        }
      };

  private Shapes() {}

  /** The shape of a type with its type arguments. */
  static Shape of(Type type) {
    if (type instanceof Class<?> plain) {
      return OF_CLASS.get(plain);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Shape.Sequence(of(arguments[0]));
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Shape.Mapping(of(arguments[1]));
      }
    }
    throw new IllegalStateException(
        type
            + " has no form in YAML; use a record, an enum, a list, a map with text keys, a text,"
            + " a number or a boolean");
  }

  /** The shape of a record. */
  static Shape.Fields record(Class<?> type) {
    if (of(type) instanceof Shape.Fields fields) {
      return fields;
    }
    throw new IllegalStateException(type.getName() + " is not a record");
  }

  /** The shape of a list of tags. */
  static Shape tags() {
    return new Shape.Sequence(of(SuiteTag.class));
  }

  private static Shape derive(Class<?> type) {
    Class<?> boxed = BOXES.getOrDefault(type, type);
    if (boxed == String.class) {
      return new Shape.Text();
    } else if (boxed == boolean.class || boxed == Boolean.class) {
      return new Shape.Bool();
    } else if (BOXES.containsValue(boxed)) {
      return new Shape.Numeric(boxed);
    } else if (boxed.isEnum()) {
      return choice(boxed);
    } else if (boxed == Node.class) {
      return new Shape.Raw();
    }
    Optional<Function<String, Object>> parser = parser(boxed);
    if (parser.isPresent()) {
      return new Shape.Parsed(boxed, parser.get());
    } else if (boxed.isRecord()) {
      return fields(boxed);
    } else if (boxed.isSealed() && boxed.isInterface()) {
      return variants(boxed);
    }
    throw new IllegalStateException(
        type.getName()
            + " has no form in YAML; use a record, a sealed interface of records or an"
            + " enum");
  }

  private static Shape choice(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(Words.constant((Enum<?>) constant), constant);
    }
    return new Shape.Choice(type, Collections.unmodifiableMap(constants));
  }

  private static Optional<Function<String, Object>> parser(Class<?> type) {
    Method method;
    try {
      method = type.getMethod("parse", String.class);
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
    if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != type) {
      return Optional.empty();
    }
    method.setAccessible(true);
    return Optional.of(text -> call(() -> method.invoke(null, text)));
  }

  private static Shape.Variants variants(Class<?> type) {
    // Compilers of different JDKs permit subclasses in different orders; schema and docs have one.
    Map<String, Shape.Fields> variants = new TreeMap<>();
    for (Class<?> variant : type.getPermittedSubclasses()) {
      Shape.Fields fields = record(variant);
      variants.put(fields.keyword(), fields);
    }
    Optional<String> shorthand =
        Optional.ofNullable(type.getAnnotation(Shorthand.class)).map(Shorthand::value);
    shorthand.ifPresent(
        keyword -> {
          if (!variants.containsKey(keyword)) {
            throw new IllegalStateException(
                "@Shorthand(\"%s\") of %s names no variant".formatted(keyword, type.getName()));
          }
        });
    return new Shape.Variants(type, doc(type), shorthand, Collections.unmodifiableMap(variants));
  }

  private static Shape.Fields fields(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Shape.Field> fields = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>();
    for (RecordComponent component : components) {
      Part part = part(component);
      parts.add(part);
      part.fields()
          .forEach(
              field -> {
                if (fields.put(field.name(), field) != null) {
                  throw new IllegalStateException(
                      "'%s' stands twice in %s".formatted(field.name(), type.getName()));
                }
              });
    }
    Optional<Shape.Field> shorthand =
        Optional.ofNullable(type.getAnnotation(Shorthand.class))
            .map(
                annotation ->
                    fields.values().stream()
                        .filter(field -> field.component().equals(annotation.value()))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "@Shorthand(\"%s\") of %s names no component"
                                        .formatted(annotation.value(), type.getName()))));
    return new Shape.Fields(
        type,
        keyword(type, type.getSimpleName()),
        doc(type),
        shorthand,
        Collections.unmodifiableMap(fields),
        maker(constructor(type, components), parts));
  }

  /**
   * What one component of a record is in YAML: a field of its own, or those of an inlined record.
   *
   * @param inlined makes the inlined record; empty for a field
   */
  private record Part(List<Shape.Field> fields, Optional<Shape.Maker> inlined) {
    @Nullable Object value(List<@Nullable Object> values) {
      return inlined.isPresent() ? inlined.get().make(values) : values.get(0);
    }
  }

  private static Part part(RecordComponent component) {
    if (!component.isAnnotationPresent(Inline.class)) {
      return new Part(List.of(field(component)), Optional.empty());
    }
    Shape.Fields inner = record(component.getType());
    Function<Object, @Nullable Object> outer = accessor(component);
    return new Part(
        inner.fields().values().stream().map(field -> field.within(outer)).toList(),
        Optional.of(inner.maker()));
  }

  private static Shape.Maker maker(Constructor<?> constructor, List<Part> parts) {
    return values -> {
      @Nullable Object[] arguments = new Object[parts.size()];
      int from = 0;
      for (int i = 0; i < arguments.length; i++) {
        int to = from + parts.get(i).fields().size();
        arguments[i] = parts.get(i).value(values.subList(from, to));
        from = to;
      }
      return call(() -> (Object) constructor.newInstance(arguments));
    };
  }

  private static Function<Object, @Nullable Object> accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return owner -> call(() -> accessor.invoke(owner));
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  private static Shape.Field field(RecordComponent component) {
    String name = keyword(component, component.getName());
    Default given = component.getAnnotation(Default.class);
    Doc doc = component.getAnnotation(Doc.class);
    Type type = component.getGenericType();
    boolean collection = component.getType() == List.class || component.getType() == Map.class;
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    Later<Shape> shape = new Later<>(() -> of(type));
    Later<Optional<Object>> fallback =
        new Later<>(
            () ->
                given != null
                    ? Optional.of(ShapeReader.ofDefault(given.value(), shape.get(), component))
                    : nullable || !collection
                        ? Optional.empty()
                        : Optional.of(component.getType() == List.class ? List.of() : Map.of()));
    return new Shape.Field(
        name,
        component.getName(),
        doc == null ? "" : doc.value(),
        doc == null ? "" : doc.example(),
        Optional.ofNullable(component.getAnnotation(Minimum.class)),
        given == null && !collection && !nullable,
        given == null ? null : given.value(),
        shape,
        fallback,
        accessor(component));
  }

  private static String keyword(AnnotatedElement element, String otherwise) {
    Keyword keyword = element.getAnnotation(Keyword.class);
    return keyword == null ? Words.kebab(otherwise) : keyword.value();
  }

  private static String doc(Class<?> type) {
    Doc doc = type.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  /** A reflective call. */
  interface Call<T extends @Nullable Object> {
    T make() throws ReflectiveOperationException;
  }

  /** Makes a reflective call; unchecked exceptions of the callee come out as they are. */
  static <T extends @Nullable Object> T call(Call<T> call) {
    try {
      return call.make();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
