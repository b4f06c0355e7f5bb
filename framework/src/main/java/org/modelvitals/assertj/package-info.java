/**
 * Assertions for people who write ordinary Jupiter tests with AssertJ: over models, readings and
 * run records, with the same probes, verdicts and messages that health suites have. AssertJ is on
 * the class path of those who use this package.
 *
 * <p>Start reading at {@link org.modelvitals.assertj.ModelVitalsAssertions}.
 */
@NullMarked
package org.modelvitals.assertj;

import org.jspecify.annotations.NullMarked;
