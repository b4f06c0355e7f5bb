@NullMarked
package org.modelvitals.checks.generation;

import org.jspecify.annotations.NullMarked;
