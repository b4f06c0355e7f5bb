/** A house that breaks every rule once. Nothing here runs. */
@NullMarked
package org.modelvitals.house.sick;

import org.jspecify.annotations.NullMarked;
