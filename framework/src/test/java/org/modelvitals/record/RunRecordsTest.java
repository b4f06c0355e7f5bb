package org.modelvitals.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class RunRecordsTest {
  private static RunRecord run(String id, long second, Status status) {
    return RunRecordArbitraries.small(id, second, status);
  }

  private static CheckRecord only(RunRecord record) {
    assertThat(record.suites()).hasSize(1);
    assertThat(record.suites().get(0).checks()).hasSize(1);
    return record.suites().get(0).checks().get(0);
  }

  private static RunRecord join(RunRecord... runs) {
    return RunRecords.join(List.of(runs)).orElseThrow();
  }

  @Test
  void joinsNothingToNothingAndOneToItself() {
    assertThat(RunRecords.join(List.of())).isEmpty();
    RunRecord one = run("a", 0, Status.PASSED);
    assertThat(RunRecords.join(List.of(one, one))).containsSame(one);
  }

  @Test
  void latestVerdictWinsAndEarlierOnesAreAttempts() {
    RunRecord joined =
        join(run("c", 20, Status.PASSED), run("a", 0, Status.FAILED), run("b", 10, Status.ERROR));

    CheckRecord check = only(joined);
    assertThat(check.verdict().status()).isEqualTo(Status.PASSED);
    assertThat(check.attempts())
        .extracting(Verdict::status)
        .containsExactly(Status.FAILED, Status.ERROR);
    assertThat(check.flaky()).isTrue();
    assertThat(joined.startedAt()).isEqualTo(run("a", 0, Status.FAILED).startedAt());
    assertThat(joined.finishedAt()).isEqualTo(run("c", 20, Status.PASSED).finishedAt());
  }

  @Test
  void isNoFlakeWhenItFailsAgainOrAlwaysPasses() {
    assertThat(only(join(run("a", 0, Status.FAILED), run("b", 1, Status.FAILED))).flaky())
        .isFalse();
    assertThat(only(join(run("a", 0, Status.PASSED), run("b", 1, Status.PASSED))).flaky())
        .isFalse();
  }

  @Test
  void anotherModelOrDeviceIsAnotherSuite() {
    RunRecord one = run("a", 0, Status.FAILED);
    SuiteRecord suite = one.suites().get(0);
    RunRecord otherModel =
        with(run("b", 1, Status.PASSED), new ModelRecord("m.onnx", "cd", 3), suite.device());
    RunRecord otherDevice =
        with(
            run("c", 2, Status.PASSED),
            suite.model(),
            new DeviceRecord("cuda", 0, Map.of(), Map.of()));

    assertThat(join(one, otherModel, otherDevice).suites())
        .extracting(s -> s.checks().get(0).verdict().status())
        .containsExactly(Status.FAILED, Status.PASSED, Status.PASSED);
  }

  private static RunRecord with(RunRecord run, ModelRecord model, DeviceRecord device) {
    SuiteRecord s = run.suites().get(0);
    return new RunRecord(
        run.schema(),
        run.id(),
        run.build(),
        run.startedAt(),
        run.finishedAt(),
        run.seed(),
        run.versions(),
        run.machine(),
        List.of(
            new SuiteRecord(s.id(), s.name(), s.source(), s.tags(), model, device, s.checks())));
  }

  @Property(tries = 100)
  void dependsNeitherOnOrderNorOnRepetition(
      @ForAll @Size(min = 1, max = 6) List<Status> statuses, @ForAll Random random) {
    List<RunRecord> runs = new ArrayList<>();
    for (int i = 0; i < statuses.size(); i++) {
      runs.add(run("run " + i, i, statuses.get(i)));
    }
    RunRecord joined = RunRecords.join(runs).orElseThrow();
    List<RunRecord> mixed = new ArrayList<>(runs);
    mixed.add(runs.get(random.nextInt(runs.size())));
    Collections.shuffle(mixed, random);

    assertThat(RunRecords.join(mixed)).contains(joined);
    List<Status> seen = new ArrayList<>();
    only(joined).attempts().forEach(attempt -> seen.add(attempt.status()));
    seen.add(only(joined).verdict().status());
    assertThat(seen).isEqualTo(statuses);
  }
}
