package org.modelvitals.engine;

import java.io.Serial;
import java.lang.reflect.Field;
import java.util.Objects;
import org.junit.platform.engine.TestSource;

/** Says that a check is declared by a field of a class; the platform has no such source. */
public final class FieldSource implements TestSource {
  @Serial private static final long serialVersionUID = 1L;

  private final String className;
  private final String fieldName;

  private FieldSource(String className, String fieldName) {
    this.className = className;
    this.fieldName = fieldName;
  }

  public static FieldSource from(Field field) {
    return new FieldSource(field.getDeclaringClass().getName(), field.getName());
  }

  static FieldSource from(String className, String fieldName) {
    return new FieldSource(className, fieldName);
  }

  public String getClassName() {
    return className;
  }

  public String getFieldName() {
    return fieldName;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSource that
        && className.equals(that.className)
        && fieldName.equals(that.fieldName);
  }

  @Override
  public int hashCode() {
    return Objects.hash(className, fieldName);
  }

  @Override
  public String toString() {
    return "FieldSource[" + className + "#" + fieldName + "]";
  }
}
