/**
 * The run record: everything one run found out, as one versioned document. Reports are functions of
 * run records and of nothing else.
 */
@NullMarked
package org.modelvitals.record;

import org.jspecify.annotations.NullMarked;
