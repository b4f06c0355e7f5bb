/**
 * Suites to read first. Each class is a health card: a field is a check. The same language in YAML
 * stands in the folder {@code suites}.
 */
@NullMarked
package org.modelvitals.examples;

import org.jspecify.annotations.NullMarked;
