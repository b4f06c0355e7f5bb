/** Suites over models that nobody on this project made, run through the engine. */
@NullMarked
package org.modelvitals.checks.shared;

import org.jspecify.annotations.NullMarked;
