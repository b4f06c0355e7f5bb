package org.modelvitals.checks.quality;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Predicts a number for each row and measures how far it is from the true one. Errors are in the
 * unit of the target, output minus target.
 *
 * @param data the rows, with the true value in one column
 * @param target the column with the true value
 * @param output the output with the prediction, one number a row; null takes the first floating
 *     tensor
 * @param slices parts of the rows for which the measurements are repeated; their columns are fed to
 *     the model where {@code data} names them as inputs, or where it lacks columns without them
 */
@Doc("Predicts a number for each row and measures how far it is from the true one.")
public record Regression(
    @Doc("The rows, with the true value in one column.") DataSpec data,
    @Doc("The column with the true value.") @Default("target") String target,
    @Doc("The output with the prediction, if there are several.") @Nullable String output,
    @Doc(value = "Parts of the rows for which measurements are repeated.", example = "[region]")
        @Default("[]")
        Slicing slices)
    implements ProbeSpec {

  /** Predicts for {@code data}, whose column {@code target} holds the true value. */
  public static Regression regression(DataSpec data) {
    return new Regression(data, "target", null, Slicing.NONE);
  }

  /** The column with the true value. */
  public Regression target(String column) {
    return new Regression(data, column, output, slices);
  }

  /** The output with the prediction. */
  public Regression output(String name) {
    return new Regression(data, target, name, slices);
  }

  /** Columns for whose values the measurements are repeated: {@code mae[region=north]}. */
  public Regression slices(String... columns) {
    return slices(Slicing.by(columns));
  }

  /** Parts of the rows for which the measurements are repeated. */
  public Regression slices(Slicing parts) {
    return new Regression(data, target, output, parts);
  }

  /** The mean absolute error. */
  public static Measured mae() {
    return Measured.measured("mae");
  }

  /** The mean absolute error among the rows whose {@code column} is {@code value}. */
  public static Measured mae(String column, String value) {
    return Measured.measured("mae", column + "=" + value);
  }

  /** The mean absolute error of the worst slice. */
  public static Measured worstSlice() {
    return Measured.measured("worst slice");
  }

  /** How many weak slices the search found. */
  public static Measured weakSlices() {
    return Measured.measured("weak slices");
  }

  /** The square root of the mean squared error. */
  public static Measured rmse() {
    return Measured.measured("rmse");
  }

  /** The root mean squared error among the rows whose {@code column} is {@code value}. */
  public static Measured rmse(String column, String value) {
    return Measured.measured("rmse", column + "=" + value);
  }

  /** The coefficient of determination: the share of the target's variance that is explained. */
  public static Measured r2() {
    return Measured.measured("r2");
  }

  /** The median absolute error. */
  public static Measured medianAbsoluteError() {
    return Measured.measured("median absolute error");
  }

  /** The largest absolute error. */
  public static Measured maxError() {
    return Measured.measured("max error");
  }

  /** The mean of output minus target: the bias. */
  public static Measured meanError() {
    return Measured.measured("mean error");
  }

  /** The bias among the rows whose {@code column} is {@code value}. */
  public static Measured meanError(String column, String value) {
    return Measured.measured("mean error", column + "=" + value);
  }

  /** How many rows were predicted. */
  public static Measured rows() {
    return Measured.measured("rows");
  }

  /** In how many rows the output is not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }
}
