package org.modelvitals.engine;

import java.util.Objects;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.DiscoverySelectorIdentifier;
import org.junit.platform.engine.discovery.DiscoverySelectorIdentifierParser;

/**
 * Selects one check that is declared as a field; written {@code
 * field:com.acme.DigitsHealthTest#reads} where selectors are given as text.
 */
public final class FieldSelector implements DiscoverySelector {
  private final String className;
  private final String fieldName;

  private FieldSelector(String className, String fieldName) {
    this.className = className;
    this.fieldName = fieldName;
  }

  public static FieldSelector selectField(String className, String fieldName) {
    return new FieldSelector(className, fieldName);
  }

  public static FieldSelector selectField(Class<?> suite, String fieldName) {
    return new FieldSelector(suite.getName(), fieldName);
  }

  public String getClassName() {
    return className;
  }

  public String getFieldName() {
    return fieldName;
  }

  @Override
  public Optional<DiscoverySelectorIdentifier> toIdentifier() {
    return Optional.of(
        DiscoverySelectorIdentifier.create(Parser.PREFIX, className + "#" + fieldName));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSelector that
        && className.equals(that.className)
        && fieldName.equals(that.fieldName);
  }

  @Override
  public int hashCode() {
    return Objects.hash(className, fieldName);
  }

  @Override
  public String toString() {
    return "FieldSelector[" + className + "#" + fieldName + "]";
  }

  /** Reads the textual form; found by the platform through its service file. */
  public static final class Parser implements DiscoverySelectorIdentifierParser {
    static final String PREFIX = "field";

    @Override
    public String getPrefix() {
      return PREFIX;
    }

    @Override
    public Optional<FieldSelector> parse(DiscoverySelectorIdentifier identifier, Context context) {
      String[] parts = identifier.getValue().split("#", 2);
      return parts.length == 2
          ? Optional.of(new FieldSelector(parts[0], parts[1]))
          : Optional.empty();
    }
  }
}
