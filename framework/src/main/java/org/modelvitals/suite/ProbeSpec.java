package org.modelvitals.suite;

/**
 * The declaration of a probe: a record whose components are the probe's parameters. Two equal
 * records are one probe, which runs once however many checks use it.
 *
 * <p>The record is the Java builder (factory and copying methods), the YAML form (its components),
 * the JSON Schema and the docs page (the annotations of {@code org.modelvitals.spec}).
 */
public interface ProbeSpec {

  /** A check of this probe that expects nothing but what the probe itself implies. */
  default HealthCheck check() {
    return HealthCheck.of(this);
  }

  /** A check that holds the measurement of this probe against a condition. */
  default HealthCheck expect(Expectation expectation) {
    return check().expect(expectation);
  }
}
