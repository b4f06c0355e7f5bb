package org.modelvitals.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;

/** What a check expects in all. */
final class Expected {
  private Expected() {}

  /**
   * What is written, and what the probe implies of measurements that nothing is written about: who
   * expects a measurement to be something else says so by expecting it.
   */
  static List<Expectation> of(List<Expectation> written, List<Expectation> implied) {
    Set<String> known =
        written.stream().map(Expectation::measurement).collect(Collectors.toUnmodifiableSet());
    return Stream.concat(
            written.stream(),
            implied.stream().filter(expectation -> !known.contains(expectation.measurement())))
        .distinct()
        .toList();
  }

  /**
   * The same, as it is judged: conditions on measurements whose interval always counts are sure
   * ones.
   */
  static List<Expectation> of(
      List<Expectation> written, List<Expectation> implied, List<MeasurementInfo> infos) {
    Set<String> sure =
        infos.stream()
            .filter(MeasurementInfo::judgedSurely)
            .map(MeasurementInfo::name)
            .collect(Collectors.toUnmodifiableSet());
    return of(written, implied).stream()
        .map(
            expectation ->
                sure.contains(base(expectation.measurement()))
                    ? new Expectation(expectation.measurement(), surely(expectation.condition()))
                    : expectation)
        .distinct()
        .toList();
  }

  /** The check, and the others of the suite with an equal probe. */
  static List<CheckSpec> hanging(SuiteSpec suite, CheckSpec check) {
    List<CheckSpec> equals =
        suite.checks().stream()
            .filter(other -> other.check().probe().equals(check.check().probe()))
            .toList();
    return equals.isEmpty() ? List.of(check) : equals;
  }

  /** What a probe that adapts is expected to find by all checks that hang on it; else nothing. */
  static <S extends ProbeSpec> List<Expectation> of(
      List<CheckSpec> hanging, S specification, ProbeType<S> type) {
    if (!type.adapts(specification)) {
      return List.of();
    }
    return hanging.stream()
        .map(check -> check.check().expectations())
        .flatMap(written -> of(written, type.implied(specification), type.measurements()).stream())
        .distinct()
        .toList();
  }

  private static String base(String measurement) {
    int bracket = measurement.indexOf('[');
    return bracket < 0 ? measurement : measurement.substring(0, bracket);
  }

  private static Condition surely(Condition condition) {
    if (condition instanceof Condition.Compare compare) {
      return new Condition.Compare(compare.operator(), compare.limit(), true);
    } else if (condition instanceof Condition.Between between) {
      return new Condition.Between(between.low(), between.high(), true);
    } else if (condition instanceof Condition.Near near) {
      return new Condition.Near(near.target(), near.tolerance(), true);
    }
    return condition;
  }
}
