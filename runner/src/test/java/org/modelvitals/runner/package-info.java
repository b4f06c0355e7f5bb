/** Tests of the command, which call it as a shell does. */
@NullMarked
package org.modelvitals.runner;

import org.jspecify.annotations.NullMarked;
