package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.modelvitals.model.Model;
import org.modelvitals.model.Tensor;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** Cancellation and time-outs, also in the middle of a call of the runtime. */
class StoppingTest extends EngineFixture {
  private static final int SIZE = 1_000;

  private final CountDownLatch running = new CountDownLatch(1);

  /** One call that takes minutes. */
  private Reading slow(ProbeContext context) {
    Model model = context.model();
    running.countDown();
    model.run(Map.of("x", Tensor.ofFloats(new float[SIZE * SIZE], SIZE, SIZE)));
    return ScriptedProbe.number(1);
  }

  private Reading waiting(ProbeContext context) throws InterruptedException {
    running.countDown();
    new CountDownLatch(1).await();
    return ScriptedProbe.number(1);
  }

  private Reading looping(ProbeContext context) {
    for (long row = 0; ; row++) {
      context.progress().at(row, -1, "rows");
      running.countDown();
    }
  }

  @Test
  void cancellingStopsACallOfTheRuntime() throws Exception {
    ScriptedProbe.script("slow", this::slow);
    cancelledWhileRunning();
  }

  @Test
  void cancellingStopsAProbeThatWaits() throws Exception {
    ScriptedProbe.script("slow", this::waiting);
    cancelledWhileRunning();
  }

  @Test
  void cancellingStopsAProbeThatTellsItsProgress() throws Exception {
    ScriptedProbe.script("slow", this::looping);
    cancelledWhileRunning();
  }

  private void cancelledWhileRunning() throws Exception {
    CancellationToken token = CancellationToken.create();
    Thread canceller =
        new Thread(
            () -> {
              try {
                running.await();
                token.cancel();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    canceller.start();
    EngineExecutionResults results = suites().cancellationToken(token).execute();
    canceller.join();

    results.testEvents().assertStatistics(stats -> stats.started(2).succeeded(1).aborted(1));
    assertThat(Records.checks())
        .extracting(CheckRecord::name, check -> check.verdict().status())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("before", Status.PASSED),
            org.assertj.core.groups.Tuple.tuple("slow", Status.SKIPPED),
            org.assertj.core.groups.Tuple.tuple("after", Status.SKIPPED),
            org.assertj.core.groups.Tuple.tuple("afterwards", Status.SKIPPED));
    assertThat(Records.check("slow").verdict().reason()).isEqualTo("the run was cancelled");
    assertThat(Engine.runner().modelsOpen()).isZero();
  }

  @Test
  void aRunThatIsCancelledBeforeItBeginsRunsNothing() {
    CancellationToken token = CancellationToken.create();
    token.cancel();
    suites()
        .cancellationToken(token)
        .execute()
        .testEvents()
        .assertStatistics(stats -> stats.started(0));

    assertThat(ScriptedProbe.runs("measures")).isZero();
  }

  @Test
  void aCheckThatTakesTooLongFailsAndOthersGoOn() {
    for (ScriptedProbe.Script script :
        new ScriptedProbe.Script[] {this::slow, this::waiting, this::looping}) {
      ScriptedProbe.script("slow", script);
      suites()
          .configurationParameter("modelvitals.timeout", "300 ms")
          .execute()
          .testEvents()
          .assertStatistics(stats -> stats.started(4).succeeded(3).failed(1));
      assertThat(Records.check("slow").verdict().status()).isEqualTo(Status.FAILED);
      assertThat(Records.check("slow").verdict().reason())
          .isEqualTo("the check took longer than 300 ms and was stopped");
      assertThat(Engine.runner().modelsOpen()).isZero();
    }
  }

  private static EngineTestKit.Builder suites() {
    return Engine.watched(
        selectClass(Suites.SlowTest.class), selectClass(Suites.AfterwardsTest.class));
  }
}
