package org.modelvitals.suite;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;

/**
 * Reads a class with {@link HealthSuite}. Static fields of type {@link DeviceSpec} and {@link
 * SessionSpec} set the device and the session; fields with {@link Check} are the checks, in the
 * order of declaration.
 */
public final class SuiteClass {
  private SuiteClass() {}

  /**
   * What a class declares.
   *
   * @param suite its own suite; empty if it only names others, or if it cannot be read
   * @param files YAML suites and folders that it names, as written
   * @param fields the field of each check, by the check's name
   * @param problems what is wrong, each with the element that it is about
   */
  public record Declaration(
      Optional<SuiteSpec> suite,
      List<String> files,
      Map<String, Field> fields,
      List<Problem> problems) {
    public Declaration {
      files = List.copyOf(files);
      fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      problems = List.copyOf(problems);
    }
  }

  /**
   * A mistake in a declaration.
   *
   * @param field the field's name; empty if it is about the class
   */
  public record Problem(String field, String message) {}

  public static boolean isSuite(Class<?> candidate) {
    return candidate.isAnnotationPresent(HealthSuite.class)
        && !Modifier.isAbstract(candidate.getModifiers());
  }

  /** The names of the fields that are checks; does not initialise the class. */
  public static List<String> checkNames(Class<?> type) {
    return declaredFields(type).stream()
        .filter(field -> field.isAnnotationPresent(Check.class))
        .map(Field::getName)
        .toList();
  }

  /** Reads {@code type}; initialises the class, and with it the checks. */
  public static Declaration read(Class<?> type) {
    List<Problem> problems = new ArrayList<>();
    return initialise(type, problems)
        ? read(type, problems)
        : new Declaration(Optional.empty(), List.of(), Map.of(), problems);
  }

  private static boolean initialise(Class<?> type, List<Problem> problems) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError | RuntimeException | AssertionError e) {
      // LinkageError includes ExceptionInInitializerError, and NoClassDefFoundError the next time.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problems.add(
          new Problem(
              "",
              "%s cannot be read, it does not initialise: %s".formatted(type.getName(), cause)));
    } catch (StackOverflowError e) {
      problems.add(
          new Problem("", type.getName() + " cannot be read, it does not initialise: " + e));
    }
    return false;
  }

  private static Declaration read(Class<?> type, List<Problem> problems) {
    HealthSuite annotation = type.getAnnotation(HealthSuite.class);
    Map<String, Field> fields = new LinkedHashMap<>();
    List<CheckSpec> checks = new ArrayList<>();
    DeviceSpec device = DeviceSpec.of(annotation.device());
    SessionSpec session = SessionSpec.DEFAULT;
    for (Field field : declaredFields(type)) {
      if (field.isAnnotationPresent(Check.class)) {
        check(field, fields, checks, problems);
      } else if (Modifier.isStatic(field.getModifiers())) {
        Object value =
            field.getType() == DeviceSpec.class || field.getType() == SessionSpec.class
                ? value(field, problems).orElse(null)
                : null;
        device = value instanceof DeviceSpec given ? given : device;
        session = value instanceof SessionSpec given ? given : session;
      }
    }
    List<String> files = Arrays.asList(annotation.value());
    if (checks.isEmpty() && files.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(
              "",
              "%s is a health suite without checks: declare static fields with @Check, or name YAML"
                      .formatted(type.getName())
                  + " suites in @HealthSuite"));
    }
    if (!checks.isEmpty() && annotation.model().isEmpty()) {
      problems.add(
          new Problem(
              "",
              "%s has checks but no model: write @HealthSuite(model = \"path/to/model.onnx\")"
                  .formatted(type.getName())));
    }
    Optional<SuiteSpec> suite =
        checks.isEmpty() || annotation.model().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new SuiteSpec(
                    name(type, annotation),
                    annotation.model(),
                    device,
                    session,
                    Set.of(annotation.tags()),
                    checks));
    return new Declaration(suite, files, fields, problems);
  }

  /** Superclasses first, so that a common suite can be extended. */
  private static List<Field> declaredFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      fields.addAll(declaredFields(type.getSuperclass()));
    }
    fields.addAll(Arrays.asList(type.getDeclaredFields()));
    return fields;
  }

  private static void check(
      Field field, Map<String, Field> fields, List<CheckSpec> checks, List<Problem> problems) {
    String where = field.getDeclaringClass().getName() + "." + field.getName();
    if (!Modifier.isStatic(field.getModifiers())) {
      problems.add(new Problem(field.getName(), where + " is a check and must be static"));
      return;
    }
    Optional<Object> value = value(field, problems);
    if (value.isEmpty()) {
      return;
    }
    HealthCheck check;
    if (value.get() instanceof HealthCheck declared) {
      check = declared;
    } else if (value.get() instanceof ProbeSpec probe) {
      check = probe.check();
    } else {
      problems.add(
          new Problem(
              field.getName(),
              "%s is a %s; a check is a HealthCheck or a ProbeSpec"
                  .formatted(where, field.getType().getSimpleName())));
      return;
    }
    String written = field.getAnnotation(Check.class).value();
    String name = written.isEmpty() ? field.getName().replace('_', ' ') : written;
    if (fields.putIfAbsent(name, field) != null) {
      problems.add(
          new Problem(field.getName(), where + ": another check is called '" + name + "'"));
      return;
    }
    checks.add(new CheckSpec(name, check));
  }

  private static Optional<Object> value(Field field, List<Problem> problems) {
    String where = field.getDeclaringClass().getName() + "." + field.getName();
    try {
      field.setAccessible(true);
      Optional<Object> value = Optional.ofNullable(field.get(null));
      if (value.isEmpty()) {
        problems.add(new Problem(field.getName(), where + " is null"));
      }
      return value;
    } catch (ReflectiveOperationException | RuntimeException e) {
      problems.add(new Problem(field.getName(), where + " cannot be read: " + e));
    }
    return Optional.empty();
  }

  private static String name(Class<?> type, HealthSuite annotation) {
    if (!annotation.name().isEmpty()) {
      return annotation.name();
    }
    String simple = type.getSimpleName();
    for (String suffix : List.of("HealthTest", "Test", "Tests", "TestCase")) {
      if (simple.endsWith(suffix) && simple.length() > suffix.length()) {
        return simple.substring(0, simple.length() - suffix.length());
      }
    }
    return simple;
  }
}
