package org.modelvitals.checks.behaviour;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.export.Allowance;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Holds the model's answers against those of a reference: of another file, of the same file on
 * another device, or with other options of the session, such as without graph optimisations.
 *
 * @param on what both are fed; a dataset is read to its end, or its limit
 * @param model the reference's file; null for the same
 * @param device where the reference runs; null for where the suite's model does
 * @param session the reference's options; null for those of the suite
 * @param tolerance how far a number may be off; null for what rounding can explain
 */
@Doc("Holds the model's answers against another file, another device, or other session options.")
public record Parity(
    @Inline Draws on,
    @Doc(value = "The reference's file; the same one if left out.", example = "model-fp32.onnx")
        @Nullable OtherModel model,
    @Doc(value = "Where the reference runs, if not where the model does.", example = "cpu")
        @Nullable DeviceSpec device,
    @Doc("The reference's session options, if not those of the suite.")
        @Nullable SessionSpec session,
    @Doc("How far a number may be off; a share of the row's largest number otherwise.") @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public Parity {
    Allowance.require(tolerance);
    if (model == null && device == null && session == null) {
      throw new IllegalArgumentException(
          "parity needs a reference: another 'model', another 'device', or other 'session' options");
    }
  }

  /** With another file, whose inputs and outputs have the same names. */
  public static Parity parityWith(String file) {
    return parityWith(OtherModel.model(file));
  }

  /** With another file. */
  public static Parity parityWith(OtherModel other) {
    return new Parity(Draws.DRAWN, other, null, null, null);
  }

  /** With the same file on another device. */
  public static Parity parityWith(Device device) {
    return new Parity(Draws.DRAWN, null, DeviceSpec.of(device), null, null);
  }

  /** With the same file under other options, such as another level of graph optimisation. */
  public static Parity parityWith(SessionSpec session) {
    return new Parity(Draws.DRAWN, null, null, session, null);
  }

  /** On a dataset or declared ranges; inputs are drawn from the signature otherwise. */
  public Parity on(DataSpec data) {
    return new Parity(on.of(data), model, device, session, tolerance);
  }

  /** How many rows are drawn. */
  public Parity rows(int count) {
    return new Parity(on.rows(count), model, device, session, tolerance);
  }

  /** Where the reference runs. */
  public Parity device(DeviceSpec where) {
    return new Parity(on, model, where, session, tolerance);
  }

  /** The reference's session options. */
  public Parity session(SessionSpec options) {
    return new Parity(on, model, device, options, tolerance);
  }

  /** How far a number may be off. */
  public Parity tolerance(double absolute) {
    return new Parity(on, model, device, session, absolute);
  }

  /** Elements of all outputs that are farther off than the tolerance. */
  public static Measured mismatches() {
    return Measured.measured("mismatches");
  }

  /** The largest absolute difference in any output. */
  public static Measured maxDifference() {
    return Measured.measured("max difference");
  }

  /** The largest absolute difference in one output. */
  public static Measured maxDifference(String output) {
    return Measured.measured("max difference", output);
  }

  /** The mean absolute difference in one output. */
  public static Measured meanDifference(String output) {
    return Measured.measured("mean difference", output);
  }

  /** How often the largest value along the last axis of an output stands in the same place. */
  public static Measured argMaxAgreement(String output) {
    return Measured.measured("arg max agreement", output);
  }

  /** The mean over rows of the cosine of the angle between the two answers of an output. */
  public static Measured cosineSimilarity(String output) {
    return Measured.measured("cosine similarity", output);
  }
}
