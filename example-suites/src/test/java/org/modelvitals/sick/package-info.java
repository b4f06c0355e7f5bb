/** Sick twins of the example models, and which check catches which. */
@NullMarked
package org.modelvitals.sick;

import org.jspecify.annotations.NullMarked;
