package org.modelvitals.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Condition.Operator;
import org.modelvitals.suite.Conditions;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

class OutcomeTest {
  private static Outcome judged(double value, Unit unit, String condition) {
    Measurement measured = Measurement.exact("size", value, unit);
    return Judge.judge(
            new Reading(List.of(measured), List.of()),
            List.of(new Expectation("size", Conditions.parse(condition))))
        .outcomes()
        .get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1048576        | BYTES       | <= 64.026123046875 MiB | 1 MiB        | <= 64.026 MiB",
        "67136258       | BYTES       | <= 64.026123046875 MiB | 64.026125 MiB | <= 64.026123 MiB",
        "67136256       | BYTES       | <= 64.026123046875 MiB | 64.026 MiB   | <= 64.026 MiB",
        "0.969999       | FRACTION    | >= 97 %                | 96.9999 %    | >= 97 %",
        "0.97           | FRACTION    | >= 97 %                | 97 %         | >= 97 %",
        "0.0029999999   | SECONDS     | <= 3 ms                | 2.9999999 ms | <= 3 ms",
        "0.9891         | NUMBER      | 0.98914 ± 0.001        | 0.9891       | 0.98914 ± 0.001",
        "0.123456       | NUMBER      | between 0.1234561 and 1 | 0.123456    | between 0.1234561 and 1",
        "123456.5       | NUMBER      | < 123457               | 123456       | < 123457",
      })
  void rounding_hides_no_difference(
      double value, Unit unit, String condition, String found, String expected) {
    Outcome outcome = judged(value, unit, condition);
    assertThat(outcome.condition()).isEqualTo(condition);
    assertThat(outcome.found()).isEqualTo(found);
    assertThat(outcome.expected()).isEqualTo(expected);
  }

  @Test
  void a_sentence_has_as_many_digits() {
    assertThat(judged(67136258, Unit.BYTES, "<= 64.026123046875 MiB").sentence())
        .isEqualTo("size is 64.026125 MiB, expected at most 64.026123 MiB: missed by 2 B");
  }

  @Property
  void what_is_shown_fails_where_the_numbers_do(
      @ForAll @DoubleRange(min = 0, max = 1e9) double limit,
      @ForAll @IntRange(min = -3, max = 3) int steps,
      @ForAll @IntRange(min = 1, max = 12) int digits) {
    double value = limit + steps * limit * Math.pow(10, -digits);
    Outcome outcome =
        judged(
            value,
            Unit.BYTES,
            new Condition.Compare(
                    Operator.AT_MOST, new Quantity(limit / 1024, Unit.KIBIBYTES), false)
                .toString());
    Condition.Compare shown = (Condition.Compare) Conditions.parse(outcome.expected());
    double found = Quantity.parse(outcome.found()).in(Unit.BYTES);
    assertThat(found <= shown.limit().in(Unit.BYTES)).isEqualTo(outcome.status() == Status.PASSED);
  }
}
