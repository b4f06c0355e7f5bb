/** Probes that know the engine. */
@NullMarked
package org.modelvitals.house.sick.checks;

import org.jspecify.annotations.NullMarked;
