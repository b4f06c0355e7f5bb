/** Holds a reading against expectations and says what follows: verdicts, with their reasons. */
@NullMarked
package org.modelvitals.verdict;

import org.jspecify.annotations.NullMarked;
