package org.modelvitals.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.modelvitals.verdict.Outcome;
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

  @Test
  void failureInOneModuleIsNoFlakeOfAnother() {
    RunRecord b = in(run("b", 1, Status.PASSED), "/build/b", 42, "opset", ">= 13");
    RunRecord a = in(run("a", 0, Status.FAILED), "/build/a", 42, "opset", ">= 13");

    notJoined(a, b);
  }

  @Test
  void otherExpectationsParametersSessionsOrSeedsAreNoRerun() {
    RunRecord one = in(run("a", 0, Status.FAILED), "/build/a", 42, "opset", ">= 130");

    notJoined(one, in(run("b", 1, Status.PASSED), "/build/a", 42, "opset", ">= 13"));
    notJoined(one, in(run("b", 1, Status.PASSED), "/build/a", 42, "nodes", ">= 130"));
    notJoined(one, in(run("b", 1, Status.PASSED), "/build/a", 43, "opset", ">= 130"));
    notJoined(
        run("a", 0, Status.FAILED), parameters(run("b", 1, Status.PASSED), Map.of("opset", 18)));
    SuiteRecord suite = run("a", 0, Status.FAILED).suites().get(0);
    notJoined(
        run("a", 0, Status.FAILED),
        with(
            run("b", 1, Status.PASSED),
            suite.model(),
            new DeviceRecord("cpu", 0, Map.of(), Map.of("threads", "1"))));
  }

  @Test
  void sameCheckThatDidNotComeToItsExpectationsWasRerun() {
    RunRecord broke = run("a", 0, Status.ERROR);
    RunRecord again = in(run("b", 1, Status.PASSED), "/build/a", 42, "opset", ">= 13");

    assertThat(only(join(broke, again)).flaky()).isTrue();
  }

  @Test
  void comparesParametersOfMemoryWithThoseOfFiles() {
    RunRecord memory = parameters(run("a", 0, Status.FAILED), Map.of("limit", 5L, "at", 0.5f));
    RunRecord file =
        RunRecordJson.read(
            RunRecordJson.write(
                parameters(run("b", 1, Status.PASSED), Map.of("limit", 5L, "at", 0.5f))));

    assertThat(only(join(memory, file)).attempts()).hasSize(1);
  }

  private static void notJoined(RunRecord failed, RunRecord passed) {
    List<CheckRecord> checks =
        join(failed, passed).suites().stream().flatMap(suite -> suite.checks().stream()).toList();
    assertThat(checks)
        .extracting(check -> check.verdict().status())
        .containsExactly(Status.FAILED, Status.PASSED);
    assertThat(checks).allSatisfy(check -> assertThat(check.attempts()).isEmpty());
  }

  private static RunRecord in(
      RunRecord run, String directory, long seed, String measurement, String condition) {
    SuiteRecord s = run.suites().get(0);
    CheckRecord c = s.checks().get(0);
    Verdict verdict =
        new Verdict(
            c.verdict().status(),
            c.verdict().reason(),
            List.of(
                new Outcome(
                    measurement, condition, c.verdict().status(), null, null, null, "so it is")));
    return of(run, seed, directory, s.model(), s.device(), check(c, c.parameters(), verdict));
  }

  private static RunRecord parameters(RunRecord run, Map<String, Object> parameters) {
    SuiteRecord s = run.suites().get(0);
    CheckRecord c = s.checks().get(0);
    return of(
        run,
        run.seed(),
        s.directory(),
        s.model(),
        s.device(),
        check(c, new TreeMap<>(parameters), c.verdict()));
  }

  private static CheckRecord check(CheckRecord c, Map<String, Object> parameters, Verdict verdict) {
    return new CheckRecord(
        c.id(),
        c.name(),
        c.probe(),
        parameters,
        c.tags(),
        c.startedAt(),
        c.seconds(),
        c.sharedWith(),
        verdict,
        c.measurements(),
        c.evidence(),
        c.attempts(),
        c.isolated());
  }

  private static RunRecord with(RunRecord run, ModelRecord model, DeviceRecord device) {
    SuiteRecord s = run.suites().get(0);
    return of(run, run.seed(), s.directory(), model, device, s.checks().get(0));
  }

  private static RunRecord of(
      RunRecord run,
      long seed,
      String directory,
      ModelRecord model,
      DeviceRecord device,
      CheckRecord check) {
    SuiteRecord s = run.suites().get(0);
    return new RunRecord(
        run.schema(),
        run.id(),
        run.build(),
        run.startedAt(),
        run.finishedAt(),
        seed,
        run.versions(),
        run.machine(),
        List.of(
            new SuiteRecord(
                s.id(), s.name(), s.source(), directory, s.tags(), model, device, List.of(check))));
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
