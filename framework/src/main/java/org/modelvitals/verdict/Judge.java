package org.modelvitals.verdict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.text.Nearest;

/** Holds readings against expectations. */
public final class Judge {
  private Judge() {}

  /**
   * The verdict on a reading. An expectation that cannot be judged makes it an error; otherwise one
   * that failed makes it a failure, and one with too little evidence makes it inconclusive.
   */
  public static Verdict judge(Reading reading, List<Expectation> expectations) {
    return judge(reading, expectations, List.of());
  }

  /**
   * The same.
   *
   * @param infos what the probe says of its measurements, to say why one of them is not there
   */
  public static Verdict judge(
      Reading reading, List<Expectation> expectations, List<MeasurementInfo> infos) {
    return judge(reading, expectations, infos, Approval.none());
  }

  /**
   * The same.
   *
   * @param approval what was approved of the check, for conditions that are held against it
   */
  public static Verdict judge(
      Reading reading,
      List<Expectation> expectations,
      List<MeasurementInfo> infos,
      Approval approval) {
    List<Outcome> outcomes =
        expectations.stream()
            .map(expectation -> outcome(reading, expectation, infos, approval))
            .toList();
    Status status = worst(outcomes);
    String reason =
        outcomes.stream()
            .filter(outcome -> outcome.status() == status && status != Status.PASSED)
            .map(Outcome::sentence)
            .collect(Collectors.joining("; "));
    return new Verdict(status, reason, outcomes);
  }

  private static Status worst(List<Outcome> outcomes) {
    for (Status status : List.of(Status.ERROR, Status.FAILED, Status.INCONCLUSIVE)) {
      if (outcomes.stream().anyMatch(outcome -> outcome.status() == status)) {
        return status;
      }
    }
    return Status.PASSED;
  }

  private static Outcome outcome(
      Reading reading, Expectation expectation, List<MeasurementInfo> infos, Approval approval) {
    return reading
        .measurement(expectation.measurement())
        .map(measurement -> ConditionJudge.judge(measurement, expectation.condition(), approval))
        .orElseGet(() -> missing(reading, expectation, infos));
  }

  private static Outcome missing(
      Reading reading, Expectation expectation, List<MeasurementInfo> infos) {
    List<String> all = reading.measurements().stream().map(Measurement::name).toList();
    List<String> parts = partsOf(expectation.measurement(), all);
    List<String> names = parts.isEmpty() ? all : parts;
    Optional<String> when =
        infos.stream()
            .filter(info -> info.name().equals(nameOf(expectation.measurement())))
            .map(MeasurementInfo::when)
            .filter(words -> !words.isEmpty())
            .findFirst();
    String help =
        when.isPresent() && parts.isEmpty()
            ? ""
            : Nearest.to(expectation.measurement(), names)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(
                    () ->
                        names.isEmpty()
                            ? "; the probe measured nothing at all"
                            : "; there are " + sample(names));
    return new Outcome(
        expectation.measurement(),
        expectation.condition().toString(),
        Status.ERROR,
        null,
        null,
        null,
        "nothing was measured under the name '%s'%s%s"
            .formatted(
                expectation.measurement(),
                when.map(words -> "; it is measured " + words).orElse(""),
                help));
  }

  private static String nameOf(String measurement) {
    int bracket = measurement.indexOf('[');
    return bracket < 0 ? measurement : measurement.substring(0, bracket);
  }

  /** For {@code recall[seven]} the measurements {@code recall[…]} that there are. */
  private static List<String> partsOf(String wanted, List<String> names) {
    int bracket = wanted.indexOf('[');
    return bracket < 0
        ? List.of()
        : names.stream().filter(name -> name.startsWith(wanted.substring(0, bracket + 1))).toList();
  }

  private static String sample(List<String> names) {
    String some = names.stream().limit(12).collect(Collectors.joining(", "));
    return names.size() > 12
        ? String.format(Locale.ROOT, "%s and %d more", some, names.size() - 12)
        : some;
  }
}
