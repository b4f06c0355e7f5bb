package org.modelvitals.checks.generation;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.Measured;
import org.modelvitals.unit.Unit;

/**
 * Counts the answers in which the model's logits are no distribution to choose a token from. All
 * probes of generated text measure and imply it.
 */
public final class FiniteLogits {
  private static final Measured MEASURED = Measured.measured("non-finite outputs");

  /** What is measured, for {@link org.modelvitals.probe.ProbeType#measurements}. */
  public static final MeasurementInfo INFO =
      MeasurementInfo.number(
          MEASURED.name(),
          Unit.NUMBER,
          "In how many answers logits are NaN or infinite where a token is to be chosen; expected to"
              + " be none.");

  private long answers;
  private @Nullable String first;

  /** In how many answers the logits are not finite. */
  public static Measured measured() {
    return MEASURED;
  }

  /** That there is none. */
  public static Expectation expected() {
    return MEASURED.isEqualTo(0);
  }

  /**
   * Counts an answer that cannot go on.
   *
   * @param where its row
   * @param token how many tokens it has before
   * @param logits how many of them are not finite
   */
  public void add(String where, int token, int logits) {
    answers++;
    if (first == null) {
      first =
          "%s: where token %,d of the answer is to be chosen, %,d logits are NaN or infinite"
              .formatted(where, token + 1, logits);
    }
  }

  /** A reading with the count, and with the first answer before all other evidence. */
  public Reading with(Reading reading) {
    return new Reading(
        Stream.concat(
                reading.measurements().stream(),
                Stream.of(Measurement.exact(MEASURED.name(), (double) answers, Unit.NUMBER)))
            .toList(),
        first == null
            ? reading.evidence()
            : Stream.concat(
                    Stream.of(new Evidence.Note("Logits that are not finite", first)),
                    reading.evidence().stream())
                .toList());
  }
}
