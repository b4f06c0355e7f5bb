/** Suites on the GPU in software that {@code .ci/software-gpu} prepares. */
@NullMarked
package org.modelvitals.gpu;

import org.jspecify.annotations.NullMarked;
