package org.modelvitals.assertj;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** Assertions over what a probe found. */
public class ReadingAssert extends Navigating<ReadingAssert, Reading> {
  public ReadingAssert(Reading reading) {
    super(reading, ReadingAssert.class);
  }

  /**
   * Passes if the expectations hold, as they would in a suite: {@code
   * meets(accuracy().isAtLeast(percent(97)))}.
   */
  public ReadingAssert meets(Expectation... expectations) {
    judge(this, actual, List.of(expectations));
    return this;
  }

  /**
   * One measurement by its name, such as {@code recall[7]}. A measurement that there is not is a
   * failure; of soft assertions, in every assertion over it.
   */
  public MeasurementAssert measurement(String name) {
    Optional<Measurement> named = actual.measurement(name);
    requirePresent(named.isPresent(), () -> missing(name));
    Measurement found =
        named.orElseGet(() -> Measurement.undefined(name, Unit.NUMBER, 0, missing(name)));
    return to(MeasurementAssert.class, Measurement.class, found, MeasurementAssert::new);
  }

  private String missing(String name) {
    return actual.evidence().stream()
        .filter(evidence -> evidence.title().equals(Absent.NOTE))
        .map(Evidence::sentence)
        .findFirst()
        .orElseGet(
            () ->
                Absent.sentence(
                    "measurement",
                    name,
                    actual.measurements().stream().map(Measurement::name).toList()));
  }

  static void judge(Navigating<?, ?> assertion, Reading reading, List<Expectation> expectations) {
    Verdict verdict = Judge.judge(reading, expectations);
    if (verdict.status() == Status.PASSED) {
      return;
    }
    List<Outcome> missed =
        verdict.outcomes().stream().filter(o -> o.status() != Status.PASSED).toList();
    String sentences = missed.stream().map(Outcome::sentence).collect(Collectors.joining("\n"));
    String evidence =
        reading.evidence().stream()
            .map(Evidence::sentence)
            .filter(sentence -> !sentence.isEmpty())
            .map(sentence -> "\n  " + sentence)
            .collect(Collectors.joining());
    throw assertion.failure(
        sentences + evidence,
        missed.stream()
            .map(outcome -> outcome.measurement() + " " + outcome.expected())
            .collect(Collectors.joining("\n")),
        missed.stream().map(Outcome::found).collect(Collectors.joining("\n")));
  }
}
