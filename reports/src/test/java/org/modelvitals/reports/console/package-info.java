/** Tests of the table on the console. */
@NullMarked
package org.modelvitals.reports.console;

import org.jspecify.annotations.NullMarked;
