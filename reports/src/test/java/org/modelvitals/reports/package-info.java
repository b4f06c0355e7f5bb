/** Tests of the reports as a whole, and the records they share. */
@NullMarked
package org.modelvitals.reports;

import org.jspecify.annotations.NullMarked;
