package org.modelvitals.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Conditions;
import org.modelvitals.unit.Unit;

class ConditionJudgeTest {
  private static Outcome judge(Measurement measurement, String condition) {
    return ConditionJudge.judge(measurement, Conditions.parse(condition));
  }

  @Test
  void a_forbidden_item_in_another_case_is_a_mistake_and_no_pass() {
    Measurement operators = Measurement.text("operators", "Conv, Relu");
    assertThat(judge(operators, "none of conv, Loop"))
        .matches(outcome -> outcome.status() == Status.ERROR)
        .extracting(Outcome::sentence)
        .asString()
        .endsWith("'conv' and 'Conv' differ in case; write 'Conv'");
    assertThat(judge(operators, "none of Loop, If").status()).isEqualTo(Status.PASSED);
    assertThat(judge(operators, "none of conv, Conv").status()).isEqualTo(Status.FAILED);
  }

  @Test
  void what_a_text_must_contain_is_told_where_it_is_missing() {
    Measurement tokens = Measurement.text("top tokens", "sleeps, runs, sings");
    assertThat(judge(tokens, "contains runs, sleeps").status()).isEqualTo(Status.PASSED);
    assertThat(judge(tokens, "contains runs, waits, stops"))
        .matches(outcome -> outcome.status() == Status.FAILED)
        .extracting(Outcome::sentence)
        .isEqualTo(
            "top tokens is sleeps, runs, sings, expected something that contains runs, waits, stops;"
                + " missing: waits, stops");
  }

  /** Every condition on numbers, against an interval from 0.9 to 1.1 around 1. */
  @ParameterizedTest
  @CsvSource({
    "surely between 0.9 and 1.1, PASSED",
    "surely between 0.95 and 1.1, INCONCLUSIVE",
    "surely between 0.99 and 1.01, INCONCLUSIVE",
    "surely between 1.2 and 1.3, FAILED",
    "surely between 1.05 and 1.3, INCONCLUSIVE",
    "surely 1 +- 0.1, PASSED",
    "surely 1 +- 0.05, INCONCLUSIVE",
    "surely 2 +- 0.5, FAILED",
    "surely != 1.5, PASSED",
    "surely != 1.05, INCONCLUSIVE",
    "surely = 1, INCONCLUSIVE",
    "surely = 1.5, FAILED",
    "surely >= 0.9, PASSED",
    "surely < 1.1, INCONCLUSIVE",
    "surely > 1.1, FAILED",
    "between 0.99 and 1.01, PASSED",
    "1 +- 0.001, PASSED",
  })
  void a_sure_condition_is_held_against_the_whole_interval(String condition, Status expected) {
    Measurement ratio =
        Measurement.sampled("ratio", 1, Unit.NUMBER, 50, new Interval(0.9, 1.1, 0.98, "t"));
    assertThat(judge(ratio, condition).status()).isEqualTo(expected);
    Measurement unknown =
        new Measurement("ratio", Unit.NUMBER, null, null, 50, ratio.interval(), "why");
    if (condition.startsWith("surely")) {
      assertThat(judge(unknown, condition).status()).isEqualTo(expected);
    }
    assertThat(Conditions.parse(Conditions.parse(condition).toString()))
        .isEqualTo(Conditions.parse(condition));
  }

  @ParameterizedTest
  @CsvSource({
    "-Infinity, Infinity, without ends",
    "-Infinity, 2, up to 2",
    "0, Infinity, from 0 up",
    "0, 2, 0 to 2"
  })
  void open_ends_are_said_in_words(double low, double high, String words) {
    Measurement measurement =
        Measurement.sampled("ratio", 1, Unit.NUMBER, 50, new Interval(low, high, 0.95, "t"));
    assertThat(ConditionJudge.basis(measurement))
        .isEqualTo(" (95 %% interval %s, n = 50)".formatted(words));
  }

  @Test
  void what_is_exact_is_sure_of_itself_and_what_has_no_interval_of_nothing() {
    Measurement exact = Measurement.exact("opset", 17, Unit.NUMBER);
    assertThat(judge(exact, "surely = 17").status()).isEqualTo(Status.PASSED);
    assertThat(judge(exact, "surely != 17").status()).isEqualTo(Status.FAILED);
    assertThat(judge(exact, "surely between 17 and 18").status()).isEqualTo(Status.PASSED);
    assertThat(judge(exact, "surely 18 +- 0.5").status()).isEqualTo(Status.FAILED);
    Measurement bare = Measurement.sampled("ratio", 1, Unit.NUMBER, 2, null);
    assertThat(judge(bare, "surely between 0 and 2").sentence())
        .isEqualTo(
            "ratio is 1, expected surely between 0 and 2 and has no interval that could make it"
                + " sure");
    Measurement wide =
        Measurement.sampled("ratio", 1, Unit.NUMBER, 2, new Interval(0, 9, 0.98, "t")).note("why");
    assertThat(judge(wide, "surely between 0 and 2").sentence())
        .endsWith("expected surely between 0 and 2, but its interval reaches past that: why");
    assertThat(judge(wide, "surely = 1").sentence())
        .endsWith("of which no interval is sure; write for instance 'between … and …'");
  }

  @Test
  void numbers_that_look_alike_are_told_with_all_their_digits() {
    Measurement accuracy = Measurement.exact("accuracy", 0.99259259, Unit.FRACTION);
    assertThat(judge(accuracy, "= 99.259 %").sentence())
        .contains("with all its digits it is 0.99259259", "+-");
    assertThat(judge(accuracy, "= 50 %").sentence()).doesNotContain("digits");
    assertThat(judge(accuracy, ">= 99.2593 %").sentence()).doesNotContain("digits");
  }
}
