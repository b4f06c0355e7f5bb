/**
 * Runs checks: probes with their models, readings shared between equal probes, verdicts. What the
 * JUnit engine and the assertions for ordinary tests have in common; knows nothing of JUnit's
 * engine API, of a probe's name, or of a report.
 *
 * <p>Start reading at {@link org.modelvitals.run.CheckRunner}.
 */
@NullMarked
package org.modelvitals.run;

import org.jspecify.annotations.NullMarked;
