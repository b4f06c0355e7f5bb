package org.modelvitals.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.reports.SampleRecords;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class ConsoleTableTest {

  @Test
  void putsFirstWhatNeedsALook() {
    String table = ConsoleTable.render(SampleRecords.rich(), 60, false);

    List<String> verdicts =
        table
            .lines()
            .skip(2)
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .limit(10)
            .toList();
    assertThat(verdicts)
        .containsExactly(
            "FAILED",
            "passed",
            "FAILED",
            "ERROR",
            "ERROR",
            "INCONCLUSIVE",
            "skipped",
            "FLAKY",
            "passed",
            "passed");
    assertThat(table)
        .contains("digits", "reads digits", "accuracy 95.12 %", ">= 97 %")
        .endsWith("9 checks: 2 failed, 2 errors, 1 inconclusive, 1 skipped, 3 passed (1 flaky)\n");
  }

  @Test
  void isNeverWiderThan100Columns() {
    for (var run : List.of(SampleRecords.rich(), SampleRecords.huge(), SampleRecords.healthy())) {
      assertThat(ConsoleTable.render(run, 2000, false).lines())
          .allSatisfy(
              line -> assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void columnsStandUnderTheirHeadings() {
    List<String> lines = ConsoleTable.render(SampleRecords.healthy(), 60, false).lines().toList();

    assertThat(lines.get(0)).startsWith("suite    check          measured");
    assertThat(lines.get(2)).startsWith("grammar  knows the cat  rank[ cat] 1");
    for (String heading : List.of("check", "measured", "expected", "verdict")) {
      int at = lines.get(0).indexOf(heading);
      assertThat(lines.get(2).substring(at - 2, at)).isBlank();
      assertThat(lines.get(2).substring(at, at + 1)).isNotBlank();
    }
  }

  @Test
  void namesASuiteAndACheckOnce() {
    String table = ConsoleTable.render(SampleRecords.rich(), 60, false);

    assertThat(table.lines().filter(line -> line.contains("reads digits"))).hasSize(1);
  }

  @Test
  void cutsTheNameOfAMeasurementAndKeepsItsValue() {
    Measurement measurement =
        Measurement.exact("a measurement of quite a length ".repeat(4), 12.5, Unit.MILLISECONDS);
    Verdict verdict =
        SampleRecords.verdict(
            SampleRecords.outcome(
                measurement.name(), Status.PASSED, "<= 20 ms", measurement, 20.0));
    CheckRecord check =
        SampleRecords.check("answers in time", verdict, List.of(measurement), List.of());
    RunRecord run =
        SampleRecords.run("1", "1", SampleRecords.suite("digits", "digits", List.of(check)));

    assertThat(ConsoleTable.render(run, 60, false))
        .contains("a measurement of", "… 12.5 ms  <= 20 ms");
  }

  @Test
  void cutsLongTablesAndCountsWhatIsCut() {
    String table = ConsoleTable.render(SampleRecords.huge(), 10, false);

    assertThat(table.lines()).hasSize(2 + 10 + 2);
    assertThat(table)
        .contains("… and 990 more rows\n")
        .endsWith("1000 checks: 700 failed, 300 passed\n");
  }

  @Test
  void keepsHostileTextFromTheTerminal() {
    assertThat(ConsoleTable.render(SampleRecords.rich(), 60, false))
        .doesNotContain("\u001b", "\u0007", "\u0000", "\u202e", "\r", "\t");
  }

  @Test
  void coloursVerdictsAndNothingElse() {
    String plain = ConsoleTable.render(SampleRecords.rich(), 60, false);
    String coloured = ConsoleTable.render(SampleRecords.rich(), 60, true);

    assertThat(coloured).contains("\u001b[31mFAILED\u001b[0m", "\u001b[33mFLAKY\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }
}
