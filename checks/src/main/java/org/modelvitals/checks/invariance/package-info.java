/**
 * What a model does when its input is changed: {@link org.modelvitals.checks.invariance.Invariance}
 * (a change must not matter) and {@link org.modelvitals.checks.invariance.Direction} (a change must
 * move a score this way), in the sense of CheckList (Ribeiro, Wu, Guestrin and Singh 2020) and of
 * metamorphic testing. Neither needs labels.
 */
@NullMarked
package org.modelvitals.checks.invariance;

import org.jspecify.annotations.NullMarked;
