package org.modelvitals.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @Test
  void numbers_that_look_alike_are_told_with_all_their_digits() {
    Measurement accuracy = Measurement.exact("accuracy", 0.99259259, Unit.FRACTION);
    assertThat(judge(accuracy, "= 99.259 %").sentence())
        .contains("with all its digits it is 0.99259259", "+-");
    assertThat(judge(accuracy, "= 50 %").sentence()).doesNotContain("digits");
    assertThat(judge(accuracy, ">= 99.2593 %").sentence()).doesNotContain("digits");
  }
}
