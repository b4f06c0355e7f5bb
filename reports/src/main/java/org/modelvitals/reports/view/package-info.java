/** What several reports say alike of a run: counts, and the order in which to look at checks. */
@NullMarked
package org.modelvitals.reports.view;

import org.jspecify.annotations.NullMarked;
