/** Run records as JUnit XML, for CI servers. */
@NullMarked
package org.modelvitals.reports.junitxml;

import org.jspecify.annotations.NullMarked;
