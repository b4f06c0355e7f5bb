package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Measured;

/**
 * Whether logits depend on any token before the one that they come after. Every second token of a
 * sequence is changed, so that one more call asks this of all tokens between. The one directly
 * before is among those changed, because a convolution may reach no further. The two calls have the
 * same shape, so that what no logit depends on moves none of their bits.
 */
final class Dependence {
  private static final String POSITIONS = "dependent positions";
  private static final String SITUATION = "with every second token changed";
  private static final String NONE = "no sequence is long enough to compare";
  private static final String NO_NUMBERS = "the logits are not numbers before anything is changed";

  private final Comparison<Place> moves = new Comparison<>(Allowance.declared(0));
  private final long[] tokens;
  private final SplittableRandom random;
  private @Nullable String unjudged;

  /**
   * @param tokens those that others are changed to
   */
  Dependence(long[] tokens, long seed) {
    this.tokens = tokens;
    this.random = new SplittableRandom(seed);
  }

  static MeasurementInfo info() {
    return MeasurementInfo.number(
        POSITIONS,
        NUMBER,
        "Positions whose logits move at all when every second token is changed, the one directly"
            + " before them among them; expected to be one at least.");
  }

  static Measured positions() {
    return Measured.measured(POSITIONS);
  }

  /** Says why nothing can be judged. */
  void unjudged(String why) {
    unjudged = why;
  }

  /**
   * Asks it of one sequence.
   *
   * @param expected its logits
   */
  void ask(Findings findings, Subject subject, Prompt prompt, Logits expected) {
    int last = prompt.length() - 1;
    if (last < 1) {
      return;
    }
    Prompt changed = prompt;
    for (int at = last - 1; at >= 0; at -= 2) {
      changed = changed.with(at, CausalityProbe.other(prompt.ids()[at], tokens, random));
    }
    TokenRows rows = TokenRows.of(changed.ids());
    Subject.attempt(
        findings,
        CausalityProbe.CHANGED,
        new Place(prompt, 0, SITUATION),
        () -> {
          Logits actual = subject.actual().prefill(rows);
          for (int at = last; at >= 1; at -= 2) {
            subject.compare(moves, prompt, SITUATION, actual, 0, at, expected, at, 1);
          }
        });
  }

  Measurement measurement() {
    long asked = moves.places() - moves.undefined();
    if (unjudged != null || asked == 0) {
      String why = moves.places() == 0 ? NONE : NO_NUMBERS;
      return Measurement.undefined(
          POSITIONS, NUMBER, moves.places(), unjudged == null ? why : unjudged);
    }
    return Measurement.exact(POSITIONS, (double) moves.moved(), NUMBER)
        .note(String.format(Locale.ROOT, "of %,d positions", asked));
  }

  /** What is said of a model that reads one token only. */
  Optional<Evidence> deafness() {
    long asked = moves.places() - moves.undefined();
    return unjudged == null && asked > 0 && moves.moved() == 0
        ? Optional.of(
            new Evidence.Note(
                "Deaf to what came before",
                String.format(
                    Locale.ROOT,
                    "no logit depends on the token before, nor on any earlier one: %s, those after"
                        + " the %,d tokens between stay the same to the last bit; what the model"
                        + " has read is lost",
                    SITUATION,
                    asked)))
        : Optional.empty();
  }
}
