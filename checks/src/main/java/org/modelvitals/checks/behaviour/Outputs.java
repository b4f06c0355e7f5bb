package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Runs the model over data and says how its outputs are distributed; compares them, where that is
 * declared, with reference values or with another model. Knows nothing of what the outputs mean.
 *
 * @param data what the model is fed: a dataset, or generated inputs; state may be fed back
 * @param only the outputs that are measured; all but those that are fed back if empty
 * @param reference what outputs should be, declared as inputs are: columns of the dataset, a file,
 *     constant values, an image with its processing
 * @param model another model whose outputs are the reference
 * @param rtol relative tolerance of floating-point numbers
 * @param atol absolute tolerance of floating-point numbers
 * @param peak the largest value that a signal can have, for the signal-to-noise ratio
 * @param threshold for the share of values that reach it
 * @param probabilities outputs whose last axis should sum to one
 * @param nonFinite whether NaN and infinity are allowed
 */
@Doc("Runs the model over data, describes its outputs, and compares them with a reference.")
public record Outputs(
    @Doc("What the model is fed.") DataSpec data,
    @Doc(value = "The outputs that are measured.", example = "[output]") List<String> only,
    @Doc("What outputs should be, declared as inputs are.") Map<String, InputSpec> reference,
    @Doc("Another model whose outputs are the reference.") @Nullable OtherModel model,
    @Doc("Relative tolerance of floating-point numbers.") @Default("1e-3") double rtol,
    @Doc("Absolute tolerance of floating-point numbers.") @Default("1e-7") double atol,
    @Doc("The largest value that a signal can have, for the signal-to-noise ratio.") @Default("1")
        double peak,
    @Doc("For the share of values that reach it.") @Nullable Double threshold,
    @Doc(value = "Outputs whose last axis should sum to one.", example = "[probabilities]")
        List<String> probabilities,
    @Doc("Whether NaN and infinity are allowed.") @Default("false") boolean nonFinite)
    implements ProbeSpec {

  public Outputs {
    only = List.copyOf(only);
    reference = Collections.unmodifiableMap(new LinkedHashMap<>(reference));
    probabilities = List.copyOf(probabilities);
    new Tolerance(rtol, atol);
    if (!reference.isEmpty() && model != null) {
      throw new IllegalArgumentException(
          "outputs are compared either with reference values or with another model, not with both");
    }
    if (!(peak > 0)) {
      throw new IllegalArgumentException("peak must be more than 0, not " + peak);
    }
  }

  /** The outputs over {@code data}. */
  public static Outputs outputs(DataSpec data) {
    return new Outputs(
        data,
        List.of(),
        Map.of(),
        null,
        Conformance.RTOL,
        Conformance.ATOL,
        1,
        null,
        List.of(),
        false);
  }

  /** The outputs that are measured. */
  public Outputs only(String... names) {
    return new Outputs(
        data,
        List.of(names),
        reference,
        model,
        rtol,
        atol,
        peak,
        threshold,
        probabilities,
        nonFinite);
  }

  /** What {@code output} should be, declared as an input is. */
  public Outputs reference(String output, InputSpec values) {
    Map<String, InputSpec> more = new LinkedHashMap<>(reference);
    more.put(output, values);
    return new Outputs(
        data, only, more, model, rtol, atol, peak, threshold, probabilities, nonFinite);
  }

  /** Another model, with the same inputs and outputs, that is the reference. */
  public Outputs comparedWith(String file) {
    return comparedWith(OtherModel.model(file));
  }

  /** Another model that is the reference. */
  public Outputs comparedWith(OtherModel other) {
    return new Outputs(
        data, only, reference, other, rtol, atol, peak, threshold, probabilities, nonFinite);
  }

  /** Tolerances for mismatches: {@code |actual - expected| <= atol + rtol * |expected|}. */
  public Outputs tolerance(double relative, double absolute) {
    return new Outputs(
        data,
        only,
        reference,
        model,
        relative,
        absolute,
        peak,
        threshold,
        probabilities,
        nonFinite);
  }

  /** The largest value that a signal can have, for the signal-to-noise ratio. */
  public Outputs peak(double value) {
    return new Outputs(
        data, only, reference, model, rtol, atol, value, threshold, probabilities, nonFinite);
  }

  /** For the share of values that reach it. */
  public Outputs threshold(double value) {
    return new Outputs(
        data, only, reference, model, rtol, atol, peak, value, probabilities, nonFinite);
  }

  /** Outputs whose last axis should sum to one. */
  public Outputs probabilities(String... names) {
    return new Outputs(
        data, only, reference, model, rtol, atol, peak, threshold, List.of(names), nonFinite);
  }

  /** NaN and infinity are allowed. */
  public Outputs allowNonFinite() {
    return new Outputs(
        data, only, reference, model, rtol, atol, peak, threshold, probabilities, true);
  }

  /** The outputs that are the state of the model, being fed back to an input. */
  List<String> state() {
    List<String> names = new ArrayList<>();
    data.inputs()
        .values()
        .forEach(
            input -> {
              if (input instanceof InputSpec.Feedback feedback) {
                names.add(feedback.output());
              }
            });
    return names;
  }

  /** How many rows the model was run on. */
  public static Measured rows() {
    return Measured.measured("rows");
  }

  /** In how many rows an output is NaN or infinite; expected to be none unless allowed. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** A measurement of one output, such as {@code of("median", "pitch_hz")}. */
  public static Measured of(String measurement, String output) {
    return Measured.measured(measurement, output);
  }

  /** The smallest finite value of an output. */
  public static Measured min(String output) {
    return of("min", output);
  }

  /** The largest finite value of an output. */
  public static Measured max(String output) {
    return of("max", output);
  }

  /** The mean of the finite values of an output. */
  public static Measured mean(String output) {
    return of("mean", output);
  }

  /** The median of the finite values of an output. */
  public static Measured median(String output) {
    return of("median", output);
  }

  /** The share of an output's values that reach the threshold. */
  public static Measured shareAtOrAboveThreshold(String output) {
    return of("share at or above threshold", output);
  }

  /** The element type and shape of an output: {@code float32[rows, 10]}. */
  public static Measured type(String output) {
    return of("type", output);
  }

  /** The largest distance from 1 of the sum along an output's last axis. */
  public static Measured sumDeviation(String output) {
    return of("sum deviation", output);
  }

  /** Elements of all outputs that are not as expected. */
  public static Measured mismatches() {
    return Measured.measured("mismatches");
  }

  /** The largest absolute difference in any output. */
  public static Measured maxDifference() {
    return Measured.measured("max difference");
  }

  /** The largest absolute difference in one output. */
  public static Measured maxDifference(String output) {
    return of("max difference", output);
  }

  /** Peak signal-to-noise ratio of one output, in decibels. */
  public static Measured psnr(String output) {
    return of("psnr", output);
  }

  /** The mean over rows of the cosine of the angle between actual and expected. */
  public static Measured cosineSimilarity(String output) {
    return of("cosine similarity", output);
  }

  /** How often the largest value along the last axis stands in the same place. */
  public static Measured argMaxAgreement(String output) {
    return of("arg max agreement", output);
  }
}
