/**
 * The {@code vitals} command: health suites and checkups without a build, with an exit code that a
 * gate can hang on. Here is the command line and nothing else: it chooses suites, hands them to the
 * JUnit Platform, and reads the verdicts from the run record. What a suite means is the framework's
 * business, what a report looks like that of the reports.
 */
@NullMarked
package org.modelvitals.runner;

import org.jspecify.annotations.NullMarked;
