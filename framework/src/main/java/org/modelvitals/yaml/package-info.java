/**
 * Suites as YAML: reading with every mistake at its line, writing, and the JSON Schema of the
 * format, all derived from the records that declare suites and probes.
 */
@NullMarked
package org.modelvitals.yaml;

import org.jspecify.annotations.NullMarked;
