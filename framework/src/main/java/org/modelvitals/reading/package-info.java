/**
 * What a probe returns: named measurements and the evidence for them. Plain data, written to the
 * run record as it stands and read back by every report.
 */
@NullMarked
package org.modelvitals.reading;

import org.jspecify.annotations.NullMarked;
