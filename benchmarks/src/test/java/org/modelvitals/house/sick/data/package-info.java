/** A package that uses what is not its business. */
@NullMarked
package org.modelvitals.house.sick.data;

import org.jspecify.annotations.NullMarked;
