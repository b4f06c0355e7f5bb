package org.modelvitals.checks.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
 * @param slices columns for whose values the measurements are repeated; they are fed to the model
 *     only where {@code data} names them as inputs
 */
@Doc("Predicts a number for each row and measures how far it is from the true one.")
public record Regression(
    @Doc("The rows, with the true value in one column.") DataSpec data,
    @Doc("The column with the true value.") @Default("target") String target,
    @Doc("The output with the prediction, if there are several.") @Nullable String output,
    @Doc(value = "Columns for whose values measurements are repeated.", example = "[region]")
        List<String> slices)
    implements ProbeSpec {

  public Regression {
    slices = List.copyOf(slices);
  }

  /** Predicts for {@code data}, whose column {@code target} holds the true value. */
  public static Regression regression(DataSpec data) {
    return new Regression(data, "target", null, List.of());
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
    return new Regression(data, target, output, List.of(columns));
  }

  /** The mean absolute error. */
  public static Measured mae() {
    return Measured.measured("mae");
  }

  /** The mean absolute error among the rows whose {@code column} is {@code value}. */
  public static Measured mae(String column, String value) {
    return Measured.measured("mae", column + "=" + value);
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
