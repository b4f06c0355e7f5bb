package org.modelvitals.checks.behaviour;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.text.Bounds;

/**
 * What a check that needs no labels feeds the model: inputs that are drawn from its signature with
 * the run's seed, inputs from declared ranges, or recorded samples.
 *
 * @param data a dataset, or inputs made without one, of which those that are not declared are
 *     drawn; null to draw all
 * @param rows how many rows are fed; with a dataset, how many of it
 */
@Doc("What the model is fed.")
public record Draws(
    @Doc("A dataset, or declared ranges; inputs are drawn from the signature if left out.")
        @Nullable DataSpec data,
    @Doc("How many rows are drawn, or read of a dataset.") @Default("8") @Minimum(1) int rows) {

  /** All inputs are drawn from the signature. */
  public static final Draws DRAWN = new Draws(null, 8);

  public Draws {
    Bounds.atLeast(1, "rows", rows);
  }

  /** The same number of rows of these data. */
  public Draws of(DataSpec declared) {
    return new Draws(declared, rows);
  }

  /** Another number of rows. */
  public Draws rows(int count) {
    return new Draws(data, count);
  }
}
