package org.modelvitals.suite;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;

/**
 * Reads a class with {@link HealthSuite}. A static field of type {@link DeviceSpec} or {@link
 * SessionSpec} sets the device or the session, and one in a subclass replaces that of its
 * superclass; fields with {@link Check} are the checks, in the order of declaration.
 */
public final class SuiteClass {
  private SuiteClass() {}

  /**
   * What a class declares.
   *
   * @param suite its own suite; empty if it only names others, or if it cannot be read
   * @param files YAML suites and folders that it names, as written
   * @param tags of the class, which its files' suites have, too
   * @param fields the field of each check, by the check's name
   * @param problems what is wrong, each with the element that it is about
   */
  public record Declaration(
      Optional<SuiteSpec> suite,
      List<String> files,
      Set<String> tags,
      Map<String, Field> fields,
      List<Problem> problems) {
    public Declaration {
      files = List.copyOf(files);
      tags = Set.copyOf(tags);
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

  /**
   * What keeps a class that looks like a suite from being one; empty if nothing does. An abstract
   * class may be meant to be extended.
   */
  public static Optional<String> doubt(Class<?> candidate) {
    if (candidate.isInterface() && candidate.isAnnotationPresent(HealthSuite.class)) {
      return Optional.of(
          "%s is an interface and is not run; @HealthSuite belongs on a class"
              .formatted(candidate.getName()));
    }
    if (isSuite(candidate) || Modifier.isAbstract(candidate.getModifiers())) {
      return Optional.empty();
    }
    try {
      return checkNames(candidate).stream()
          .findFirst()
          .map(
              check ->
                  "%s has checks, such as '%s', which are not run; write @HealthSuite(model = \"...\") on the class, or make it abstract if it is to be extended"
                      .formatted(candidate.getName(), check));
    } catch (LinkageError e) {
      return Optional.empty(); // other engines' classes may lack what they need
    }
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
        : new Declaration(Optional.empty(), List.of(), Set.of(), Map.of(), problems);
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
              "%s cannot be read, it does not initialise%s: %s"
                  .formatted(type.getName(), place(type, cause), cause)));
    } catch (StackOverflowError e) {
      problems.add(
          new Problem("", type.getName() + " cannot be read, it does not initialise: " + e));
    }
    return false;
  }

  /** The line of the declaration at which it broke; the JVM does not tell the field. */
  private static String place(Class<?> type, Throwable cause) {
    Set<String> classes =
        Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
            .map(Class::getName)
            .collect(Collectors.toSet());
    return Arrays.stream(cause.getStackTrace())
        .filter(frame -> classes.contains(frame.getClassName()))
        .filter(frame -> frame.getMethodName().equals("<clinit>") && frame.getLineNumber() > 0)
        .findFirst()
        .map(frame -> " (at %s:%d)".formatted(frame.getFileName(), frame.getLineNumber()))
        .orElse("");
  }

  private static Declaration read(Class<?> type, List<Problem> problems) {
    HealthSuite annotation = type.getAnnotation(HealthSuite.class);
    Map<String, Field> fields = new LinkedHashMap<>();
    List<CheckSpec> checks = new ArrayList<>();
    List<Field> all = declaredFields(type);
    for (Field field : all) {
      if (field.isAnnotationPresent(Check.class)) {
        check(field, fields, checks, problems);
      }
    }
    SuiteSetup setup = SuiteSetup.of(type, all, problems);
    List<String> files = Arrays.asList(annotation.value());
    List<String> include = Arrays.asList(annotation.include());
    boolean hasChecks =
        !include.isEmpty()
            || all.stream().anyMatch(field -> field.isAnnotationPresent(Check.class));
    if (!hasChecks && files.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(
              "",
              "%s is a health suite without checks: declare static fields with @Check, include a"
                      .formatted(type.getName())
                  + " ready suite, or name YAML suites in @HealthSuite"));
    }
    if (!hasChecks && !files.isEmpty()) {
      problems.addAll(setup.problemsWithoutChecks());
    }
    if ((!checks.isEmpty() || !include.isEmpty()) && annotation.model().isBlank()) {
      problems.add(
          new Problem(
              "",
              "%s has checks but no model: write @HealthSuite(model = \"path/to/model.onnx\")"
                  .formatted(type.getName())));
    }
    if (!annotation.name().isEmpty() && annotation.name().isBlank()) {
      problems.add(
          new Problem(
              "",
              "the name in @HealthSuite of %s is blank; leave it out to use the class's"
                  .formatted(type.getName())));
    }
    Set<String> tags = new LinkedHashSet<>(Arrays.asList(annotation.tags()));
    Optional<SuiteSpec> suite =
        (checks.isEmpty() && include.isEmpty()) || annotation.model().isBlank()
            ? Optional.empty()
            : Optional.of(
                new SuiteSpec(
                    name(type, annotation),
                    annotation.model(),
                    setup.device(),
                    setup.session(),
                    tags,
                    setup.containment(),
                    include,
                    checks,
                    annotation.baseline().isBlank() ? null : annotation.baseline()));
    return new Declaration(suite, files, tags, fields, problems);
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
    if (!written.isEmpty() && written.isBlank()) {
      problems.add(
          new Problem(
              field.getName(),
              "the name in @Check of %s is blank; leave it out to use the field's"
                  .formatted(where)));
      return;
    }
    String name = written.isEmpty() ? field.getName().replace('_', ' ') : written;
    if (fields.putIfAbsent(name, field) != null) {
      problems.add(
          new Problem(field.getName(), where + ": another check is called '" + name + "'"));
      return;
    }
    checks.add(new CheckSpec(name, check));
  }

  static Optional<Object> value(Field field, List<Problem> problems) {
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
    if (!annotation.name().isBlank()) {
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
