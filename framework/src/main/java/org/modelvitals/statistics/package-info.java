/**
 * Intervals and running sums: where a true value lies, given what was sampled. Numbers in, {@link
 * org.modelvitals.reading.Interval} out; the distributions are those of Apache Commons Statistics.
 */
@NullMarked
package org.modelvitals.statistics;

import org.jspecify.annotations.NullMarked;
