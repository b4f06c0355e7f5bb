/** Tests of the run record, and sample records on which reports are tried. */
@NullMarked
package org.modelvitals.record;

import org.jspecify.annotations.NullMarked;
