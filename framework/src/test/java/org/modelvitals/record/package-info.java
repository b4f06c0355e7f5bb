@NullMarked
package org.modelvitals.record;

import org.jspecify.annotations.NullMarked;
