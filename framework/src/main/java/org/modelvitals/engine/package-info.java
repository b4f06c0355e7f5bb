/**
 * The JUnit Platform engine {@code model-vitals}: discovery, descriptors, execution. The only
 * package that knows the platform's engine API. It knows no probe by name and no report.
 *
 * <p>Start reading at {@link org.modelvitals.engine.ModelVitalsEngine}; {@code
 * SuiteSelectorResolver} finds suites, {@code SuiteNode} and {@code CheckNode} are the tree, {@code
 * RunRecorder} keeps what happened. Checks themselves are run by {@link org.modelvitals.run}.
 */
@NullMarked
package org.modelvitals.engine;

import org.jspecify.annotations.NullMarked;
