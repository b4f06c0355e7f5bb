/** Reports, each a function of run records. */
@NullMarked
package org.modelvitals.reports;

import org.jspecify.annotations.NullMarked;
