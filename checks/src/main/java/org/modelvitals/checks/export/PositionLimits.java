package org.modelvitals.checks.export;

import org.jspecify.annotations.Nullable;
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
 * Runs the model on as many tokens as its context holds, and on more, and expects an error there or
 * answers that are no worse: never answers that are silently wrong. What can be told without labels
 * is whether positions past the limit are really those of earlier tokens, and whether what is
 * expected next still agrees with what the model expects after the last tokens alone.
 *
 * @param on the sequences; texts are joined until they are long enough, {@code length} is not used
 * @param limit the context length; null for what the configuration beside the model declares
 * @param past what happens past the limit; null for an error or answers that are no worse
 * @param beyond how many tokens past the limit are tried
 * @param tolerance how much worse answers may be
 * @param longest the longest sequence that is run; past it, positions alone are tried
 */
@Doc("Runs the model at and past its context length, and expects what is declared there.")
public record PositionLimits(
    @Inline Sequences on,
    @Doc("The context length; what the configuration beside the model declares otherwise.")
        @Minimum(2)
        @Nullable Integer limit,
    @Doc("What happens past the limit: an error, or answers that are no worse, otherwise.")
        @Nullable Behaviour past,
    @Doc("How many tokens past the limit are tried.") @Default("16") @Minimum(1) int beyond,
    @Doc("How much worse answers past the limit may be.") @Default("0.1 nats") Quantity tolerance,
    @Doc("The longest sequence that is run.") @Default("2048") @Minimum(2) int longest)
    implements ProbeSpec {

  private static final Quantity USUAL = Quantity.nats(0.1);

  /** What a model does past its context length. */
  public enum Behaviour {
    /** The call fails. */
    @Doc("The call fails.")
    ERROR,
    /** Answers are no worse than before. */
    @Doc("Answers are no worse than before.")
    WORKS,
    /** Answers are worse, by no more than is declared. */
    @Doc("Answers are worse, by no more than is declared.")
    DEGRADES
  }

  public PositionLimits {
    Bounds.atLeast(2, "limit", limit);
    Bounds.atLeast(1, "beyond", beyond);
    Bounds.atLeast(2, "longest", longest);
    if (tolerance.unit().dimension() != Dimension.INFORMATION
        || !(tolerance.value() >= 0 && Double.isFinite(tolerance.value()))) {
      throw new IllegalArgumentException(
          "tolerance is %s; expected nats or bits, at least 0".formatted(tolerance));
    }
  }

  /** On sequences that are drawn from the vocabulary, at the limit that the model declares. */
  public static PositionLimits positionLimits() {
    return new PositionLimits(Sequences.drawn(), null, null, 16, USUAL, 2048);
  }

  /** The sequences that the model is run on. */
  public PositionLimits on(Sequences sequences) {
    return new PositionLimits(sequences, limit, past, beyond, tolerance, longest);
  }

  /** The context length. */
  public PositionLimits limit(int tokens) {
    return new PositionLimits(on, tokens, past, beyond, tolerance, longest);
  }

  /** What happens past the limit. */
  public PositionLimits past(Behaviour behaviour) {
    return new PositionLimits(on, limit, behaviour, beyond, tolerance, longest);
  }

  /** How many tokens past the limit are tried. */
  public PositionLimits beyond(int tokens) {
    return new PositionLimits(on, limit, past, tokens, tolerance, longest);
  }

  /** How much worse answers past the limit may be. */
  public PositionLimits tolerance(Quantity most) {
    return new PositionLimits(on, limit, past, beyond, most, longest);
  }

  /** The longest sequence that is run. */
  public PositionLimits longest(int tokens) {
    return new PositionLimits(on, limit, past, beyond, tolerance, tokens);
  }

  /** What happens at the limit; expected to be {@code works}. */
  public static Measured atTheLimit() {
    return Measured.measured("at the limit");
  }

  /**
   * What happens past the limit: {@code error}, {@code works}, {@code degrades}, {@code clips},
   * {@code wraps}, {@code changes} or {@code not finite}.
   */
  public static Measured pastTheLimit() {
    return Measured.measured("past the limit");
  }

  /** How much farther past the limit than before it the model is from itself on fewer tokens. */
  public static Measured degradation() {
    return Measured.measured("degradation");
  }

  /** How many tokens the model is made for. */
  public static Measured contextLength() {
    return Measured.measured("context length");
  }
}
