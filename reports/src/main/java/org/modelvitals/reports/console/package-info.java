/** Run records as a table for terminals and logs. */
@NullMarked
package org.modelvitals.reports.console;

import org.jspecify.annotations.NullMarked;
