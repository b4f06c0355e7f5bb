package org.modelvitals.checks.behaviour;

import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Holds the model against ONNX's own test data: folders {@code test_data_set_0}, {@code
 * test_data_set_1} and so on, each with {@code input_0.pb}, … and {@code output_0.pb}, … (see <a
 * href="https://github.com/onnx/onnx/blob/main/docs/OnnxBackendTest.md">OnnxBackendTest</a>). As in
 * ONNX's own runner, file number M belongs to the graph's input or output number M, NaN is equal to
 * NaN, shapes and element types must be equal, and whatever is no floating-point number is compared
 * exactly. A file that is damaged is an error, and no fault of the model.
 *
 * @param folder where the data sets lie; the model's own folder if null
 * @param rtol relative tolerance of floating-point numbers; 1e-3 as in {@code
 *     onnx/backend/test/loader}
 * @param atol absolute tolerance; 1e-7 as in {@code onnx/backend/test/runner}
 */
@Doc("Holds the model against ONNX's own test data, test_data_set_N/{input,output}_M.pb.")
@Shorthand("folder")
public record Conformance(
    @Doc("Where the data sets lie; the model's own folder if left out.") @Nullable String folder,
    @Doc("Relative tolerance of floating-point numbers.") @Default("1e-3") double rtol,
    @Doc("Absolute tolerance of floating-point numbers.") @Default("1e-7") double atol)
    implements ProbeSpec {

  /** The tolerances of ONNX's own backend tests. */
  static final double RTOL = 1e-3;

  static final double ATOL = 1e-7;

  public Conformance {
    new Tolerance(rtol, atol);
  }

  /** The data sets beside the model, with the tolerances of ONNX's own tests. */
  public static Conformance conformance() {
    return new Conformance(null, RTOL, ATOL);
  }

  /** The data sets in {@code folder}, relative to the suite. */
  public static Conformance conformance(String folder) {
    return new Conformance(folder, RTOL, ATOL);
  }

  /** Other tolerances: {@code |actual - expected| <= atol + rtol * |expected|}. */
  public Conformance tolerance(double relative, double absolute) {
    return new Conformance(folder, relative, absolute);
  }

  /** How many data sets there were. */
  public static Measured dataSets() {
    return Measured.measured("data sets");
  }

  /** Data sets with a mismatch; expected to be none. */
  public static Measured failedDataSets() {
    return Measured.measured("failed data sets");
  }

  /** Elements of all outputs that are not as expected. */
  public static Measured mismatches() {
    return Measured.measured("mismatches");
  }

  /** Elements of one output that are not as expected. */
  public static Measured mismatches(String output) {
    return Measured.measured("mismatches", output);
  }

  /** The largest absolute difference in any output. */
  public static Measured maxDifference() {
    return Measured.measured("max difference");
  }

  /** The largest absolute difference in one output. */
  public static Measured maxDifference(String output) {
    return Measured.measured("max difference", output);
  }

  /** The largest relative difference in any output. */
  public static Measured maxRelativeDifference() {
    return Measured.measured("max relative difference");
  }

  /** Elements of all outputs that are NaN, whether expected or not. */
  public static Measured nan() {
    return Measured.measured("nan");
  }

  /** Elements of one output that are NaN, whether expected or not. */
  public static Measured nan(String output) {
    return Measured.measured("nan", output);
  }
}
