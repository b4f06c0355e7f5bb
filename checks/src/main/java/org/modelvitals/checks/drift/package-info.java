/**
 * Whether data, and what a model makes of them, are still what they were: {@link
 * org.modelvitals.checks.drift.Drift}. Both sides are sampled, row by row, and compared column by
 * column.
 */
@NullMarked
package org.modelvitals.checks.drift;

import org.jspecify.annotations.NullMarked;
