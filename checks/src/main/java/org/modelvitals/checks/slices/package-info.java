/**
 * Parts of the rows: {@link org.modelvitals.checks.slices.Slicing} declares them, {@link
 * org.modelvitals.checks.slices.Slicer} tells which part a row is in. What is counted for each is
 * the business of a probe; here the parts are ranked, and searched for those that are weaker than
 * the rest.
 */
@NullMarked
package org.modelvitals.checks.slices;

import org.jspecify.annotations.NullMarked;
