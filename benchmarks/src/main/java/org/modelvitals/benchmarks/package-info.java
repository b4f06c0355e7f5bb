/**
 * ModelVitals against the bare runtime: how much longer, and how much larger, a check is than a
 * loop somebody would write by hand for the same work on the same data. Start at {@link
 * org.modelvitals.benchmarks.Benchmarks}; classes called {@code Bare…} are the loops.
 */
@NullMarked
package org.modelvitals.benchmarks;

import org.jspecify.annotations.NullMarked;
