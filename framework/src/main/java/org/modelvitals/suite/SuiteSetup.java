package org.modelvitals.suite;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.unit.Quantity;

/**
 * What a class says of its suite beside the checks. None of it may be lost without a word: a device
 * that is overlooked is the CPU.
 */
record SuiteSetup(
    Class<?> type,
    DeviceSpec device,
    SessionSpec session,
    Containment containment,
    List<Field> fields) {

  static SuiteSetup of(Class<?> type, List<Field> all, List<SuiteClass.Problem> problems) {
    List<Field> fields = new ArrayList<>();
    Device written = type.getAnnotation(HealthSuite.class).device();
    Optional<Field> device = only(DeviceSpec.class, all, fields, problems);
    Optional<Field> session = only(SessionSpec.class, all, fields, problems);
    DeviceSpec ofField =
        device
            .flatMap(field -> SuiteClass.value(field, problems))
            .map(DeviceSpec.class::cast)
            .orElse(DeviceSpec.of(written));
    if (written != Device.CPU && ofField.name() != written) {
      problems.add(
          new SuiteClass.Problem(
              device.map(Field::getName).orElse(""),
              "%s asks for two devices, %s in @HealthSuite and %s in the field '%s'; say it in one place"
                  .formatted(
                      type.getName(),
                      written,
                      ofField.name(),
                      device.map(Field::getName).orElse(""))));
    }
    return new SuiteSetup(
        type,
        ofField,
        session
            .flatMap(field -> SuiteClass.value(field, problems))
            .map(SessionSpec.class::cast)
            .orElse(SessionSpec.DEFAULT),
        containment(type, problems),
        fields);
  }

  private static Containment containment(Class<?> type, List<SuiteClass.Problem> problems) {
    HealthSuite annotation = type.getAnnotation(HealthSuite.class);
    Containment declared = Containment.NONE.isolated(annotation.isolated() ? true : null);
    if (annotation.timeout().isEmpty()) {
      return declared;
    }
    try {
      return declared.timeout(new Timeout(Quantity.parse(annotation.timeout())));
    } catch (IllegalArgumentException e) {
      problems.add(
          new SuiteClass.Problem(
              "",
              "the time-out in @HealthSuite of %s: %s".formatted(type.getName(), e.getMessage())));
      return declared;
    }
  }

  /** The field of this type; that of a subclass replaces that of its superclass. */
  private static Optional<Field> only(
      Class<?> wanted, List<Field> all, List<Field> found, List<SuiteClass.Problem> problems) {
    Map<Class<?>, Field> byClass = new LinkedHashMap<>();
    Optional<Field> last = Optional.empty();
    for (Field field : all) {
      if (field.getType() != wanted || field.isAnnotationPresent(Check.class)) {
        continue;
      }
      found.add(field);
      String where = field.getDeclaringClass().getName() + "." + field.getName();
      if (!Modifier.isStatic(field.getModifiers())) {
        problems.add(
            new SuiteClass.Problem(
                field.getName(),
                "%s is a %s of the suite and must be static"
                    .formatted(where, wanted.getSimpleName())));
        continue;
      }
      Field other = byClass.putIfAbsent(field.getDeclaringClass(), field);
      if (other != null) {
        problems.add(
            new SuiteClass.Problem(
                field.getName(),
                "%s is a second %s beside '%s'; a suite has one"
                    .formatted(where, wanted.getSimpleName(), other.getName())));
      }
      last = Optional.of(field);
    }
    return last;
  }

  /** What is said to no effect in a class that only names files. */
  List<SuiteClass.Problem> problemsWithoutChecks() {
    HealthSuite annotation = type.getAnnotation(HealthSuite.class);
    List<SuiteClass.Problem> problems = new ArrayList<>();
    if (!annotation.model().isEmpty()) {
      problems.add(inFiles("", "the model", "'model:'"));
    }
    if (!annotation.name().isEmpty()) {
      problems.add(inFiles("", "the name", "'name:'"));
    }
    if (annotation.device() != Device.CPU) {
      problems.add(inFiles("", "the device", "'device:'"));
    }
    if (!containment.equals(Containment.NONE)) {
      problems.add(inFiles("", "isolation or a time-out", "'isolated:' and 'timeout:'"));
    }
    if (!annotation.baseline().isEmpty()) {
      problems.add(inFiles("", "the baseline", "'baseline:'"));
    }
    for (Field field : fields) {
      problems.add(
          field.getType() == DeviceSpec.class
              ? inFiles(field.getName(), "the DeviceSpec " + field.getName(), "'device:'")
              : inFiles(field.getName(), "the SessionSpec " + field.getName(), "'session:'"));
    }
    return problems;
  }

  private SuiteClass.Problem inFiles(String field, String what, String key) {
    return new SuiteClass.Problem(
        field,
        "%s only names files, so %s in it has no effect; write %s in each of the files"
                .formatted(type.getName(), what, key)
            + (key.equals("'device:'") ? ", or set modelvitals.device for all" : ""));
  }
}
