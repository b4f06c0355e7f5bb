/**
 * What a suite author writes and what it becomes: annotations, checks, expectations, and {@link
 * org.modelvitals.suite.SuiteSpec}, the plain data that Java and YAML both turn into.
 */
@NullMarked
package org.modelvitals.suite;

import org.jspecify.annotations.NullMarked;
