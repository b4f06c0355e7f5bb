/** Tests of JUnit XML. */
@NullMarked
package org.modelvitals.reports.junitxml;

import org.jspecify.annotations.NullMarked;
