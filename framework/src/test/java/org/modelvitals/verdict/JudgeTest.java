package org.modelvitals.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Measured;
import org.modelvitals.unit.Unit;

/** What the judge says of measurements that are not there. */
final class JudgeTest {

  @Test
  void namesThePartsThatThereAre() {
    assertThat(missing(Measured.measured("recall", "seventeen"), "accuracy", "recall[3]"))
        .endsWith("under the name 'recall[seventeen]'; there are recall[3]");
    assertThat(missing(Measured.measured("recall", "8"), "accuracy", "recall[3]"))
        .endsWith("; there are recall[3]");
    assertThat(missing(Measured.measured("rank", "dog"), "accuracy", "recall[3]"))
        .endsWith("; there are accuracy, recall[3]");
    assertThat(missing(Measured.measured("accuracy")))
        .endsWith("; the probe measured nothing at all");
  }

  private static String missing(Measured wanted, String... there) {
    List<Measurement> measurements =
        Stream.of(there).map(name -> Measurement.exact(name, 1, Unit.FRACTION)).toList();
    Verdict verdict =
        Judge.judge(new Reading(measurements, List.of()), List.of(wanted.isAtLeast(0.5)));
    assertThat(verdict.status()).isEqualTo(Status.ERROR);
    return verdict.reason();
  }
}
