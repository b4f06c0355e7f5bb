package org.modelvitals.examples;

import org.modelvitals.suite.HealthSuite;

/** Runs every suite in the folder: the only Java that a team with YAML suites needs. */
@HealthSuite("suites")
class YamlSuitesTest {}
