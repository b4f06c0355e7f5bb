/**
 * How right a model is on labelled data: {@link org.modelvitals.checks.quality.Classification} and
 * {@link org.modelvitals.checks.quality.Regression}. A declaration is the public record; the probe
 * feeds the rows, an accumulator counts them, and what it counted becomes the reading.
 */
@NullMarked
package org.modelvitals.checks.quality;

import org.jspecify.annotations.NullMarked;
