package org.modelvitals.checks.export;

import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;

/**
 * Holds the model against a reference, position by position: full precision against quantised or
 * half precision, an old export against a new one, one device against another.
 *
 * @param on the sequences that both are run on
 * @param reference the other model; null for the same one on another device
 * @param device where the reference runs; null for where the suite's model does
 * @param referenceInputs names of the reference's inputs and outputs that are not the usual ones
 * @param divergence the most that the mean divergence may be
 * @param top how many of each model's most probable tokens are shown where the two part
 */
@Doc("Holds the model's distributions against those of a reference.")
public record LanguageParity(
    @Inline Sequences on,
    @Doc(
            value =
                "The reference, relative to the suite; the same model on another device otherwise.",
            example = "models/full-precision.onnx")
        @Nullable String reference,
    @Doc(value = "Where the reference runs, if not where the model does.", example = "cpu")
        @Nullable DeviceSpec device,
    @Doc("Names of the reference's inputs and outputs that are not the usual ones.")
        @Nullable LanguageInputs referenceInputs,
    @Doc("The most that the mean divergence from the reference may be.") @Default("0.002 nats")
        Quantity divergence,
    @Doc("How many of the most probable tokens are shown where the two part.")
        @Default("8")
        @Minimum(1)
        int top)
    implements ProbeSpec {

  private static final Quantity USUAL = Quantity.nats(0.002);

  public LanguageParity {
    if (reference == null && device == null) {
      throw new IllegalArgumentException(
          "language-parity needs a 'reference' model, or a 'device' to run the same model on");
    }
    if (divergence.unit().dimension() != Dimension.INFORMATION
        || !(divergence.value() >= 0 && Double.isFinite(divergence.value()))) {
      throw new IllegalArgumentException(
          "divergence is %s; expected nats or bits, at least 0".formatted(divergence));
    }
    Bounds.atLeast(1, "top", top);
  }

  /** Held against another model. */
  public static LanguageParity parityWith(String reference) {
    return new LanguageParity(Sequences.drawn(), reference, null, null, USUAL, 8);
  }

  /** Held against the same model on another device. */
  public static LanguageParity parityWith(Device device) {
    return new LanguageParity(Sequences.drawn(), null, DeviceSpec.of(device), null, USUAL, 8);
  }

  /** The sequences that both models are run on. */
  public LanguageParity on(Sequences sequences) {
    return new LanguageParity(sequences, reference, device, referenceInputs, divergence, top);
  }

  /** Where the reference runs. */
  public LanguageParity device(DeviceSpec where) {
    return new LanguageParity(on, reference, where, referenceInputs, divergence, top);
  }

  /** Names of the reference's inputs and outputs that are not the usual ones. */
  public LanguageParity referenceInputs(LanguageInputs names) {
    return new LanguageParity(on, reference, device, names, divergence, top);
  }

  /** The most that the mean divergence may be. */
  public LanguageParity divergence(Quantity most) {
    return new LanguageParity(on, reference, device, referenceInputs, most, top);
  }

  /** How many of the most probable tokens are shown where the two part. */
  public LanguageParity top(int tokens) {
    return new LanguageParity(on, reference, device, referenceInputs, divergence, tokens);
  }

  /** The mean Kullback-Leibler divergence of the reference from the model, over all positions. */
  public static Measured meanKlDivergence() {
    return Measured.measured("mean kl divergence");
  }

  /** The largest Kullback-Leibler divergence of the reference from the model. */
  public static Measured maxKlDivergence() {
    return Measured.measured("max kl divergence");
  }

  /** The mean Jensen-Shannon divergence. */
  public static Measured meanJsDivergence() {
    return Measured.measured("mean js divergence");
  }

  /** The share of positions after which both have the same most probable token. */
  public static Measured top1Agreement() {
    return Measured.measured("top-1 agreement");
  }

  /** The largest difference of a logit. */
  public static Measured maxDifference() {
    return Measured.measured(Findings.MAX_DIFFERENCE);
  }

  /** The mean absolute difference of logits. */
  public static Measured meanDifference() {
    return Measured.measured("mean difference");
  }

  /** The model's perplexity of the sequences. */
  public static Measured perplexity() {
    return Measured.measured("perplexity");
  }

  /** The reference's perplexity of the sequences. */
  public static Measured referencePerplexity() {
    return Measured.measured("reference perplexity");
  }

  /** The model's perplexity divided by the reference's. */
  public static Measured perplexityRatio() {
    return Measured.measured("perplexity ratio");
  }

  /** Positions where the model gives no distribution, or rules out what the reference does not. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** Positions where the reference gives no distribution, or rules out what the model does not. */
  public static Measured nonFiniteReference() {
    return Measured.measured("non-finite reference");
  }

  /** Where the two would first go on with different tokens. */
  public static Measured firstDisagreement() {
    return Measured.measured("first disagreement");
  }

  /** How many positions were compared. */
  public static Measured positions() {
    return Measured.measured(Findings.POSITIONS);
  }
}
