package org.modelvitals.suite;

/**
 * A check of a suite.
 *
 * @param name unique within the suite, as people read it
 */
public record CheckSpec(String name, HealthCheck check) {}
