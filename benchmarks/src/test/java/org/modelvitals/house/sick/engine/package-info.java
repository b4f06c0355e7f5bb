/** An engine that knows a probe. */
@NullMarked
package org.modelvitals.house.sick.engine;

import org.jspecify.annotations.NullMarked;
