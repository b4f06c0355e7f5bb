package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.modelvitals.record.CheckRecord;

/** Models are loaded once and closed in time; equal probes run once. */
class SharingTest extends EngineFixture {

  @Test
  void sameBytesDeviceAndOptionsAreOneSession() {
    Engine.watched(
            selectClass(Suites.HealthyTest.class),
            selectClass(Suites.CopyTest.class),
            selectClass(Suites.OtherModelTest.class),
            selectClass(Suites.OtherOptionsTest.class))
        .execute()
        .testEvents()
        .assertStatistics(stats -> stats.started(6).succeeded(6));

    assertThat(Engine.runner().modelsLoaded()).isEqualTo(3);
    assertThat(Engine.runner().modelsOpen()).isZero();
    assertThat(Records.last().suites().get(3).device().session())
        .containsEntry("optimization", "none")
        .containsEntry("deterministic", "true")
        .containsEntry("session.use_env_allocators", "0");
  }

  @Test
  void aModelIsClosedWhenTheLastOfItsSuitesIsDone() {
    AtomicInteger openInSecond = new AtomicInteger(-1);
    AtomicInteger openInOther = new AtomicInteger(-1);
    ScriptedProbe.script(
        "only",
        context -> {
          openInSecond.set(Engine.runner().modelsOpen());
          return ScriptedProbe.number(1);
        });
    ScriptedProbe.script(
        "measures",
        context -> {
          openInOther.set(Engine.runner().modelsOpen());
          return ScriptedProbe.number(1);
        });
    Engine.watched(
            selectClass(Suites.CopyTest.class),
            selectClass(Suites.OneCheckTest.class),
            selectClass(Suites.AfterwardsTest.class))
        .execute();

    assertThat(openInSecond).hasValue(1);
    assertThat(openInOther).hasValue(0);
  }

  @Test
  void failuresLeaveNoSessionOpen() {
    ScriptedProbe.script(
        "only",
        context -> {
          ScriptedProbe.load(context);
          throw new StackOverflowError();
        });
    Engine.watched(
            selectClass(Suites.OneCheckTest.class), selectClass(Suites.BrokenModelTest.class))
        .execute()
        .testEvents()
        .assertStatistics(stats -> stats.failed(2));

    assertThat(Engine.runner().modelsOpen()).isZero();
  }

  @Test
  void equalProbesRunOnce() {
    ScriptedProbe.script("only", context -> ScriptedProbe.number(1));
    Engine.run(
        selectClass(Suites.OneCheckTest.class),
        selectClass(Suites.EqualCheckTest.class),
        selectClass(Suites.HealthyTest.class));

    assertThat(ScriptedProbe.runs("only")).isEqualTo(1);
    assertThat(ScriptedProbe.runs("measures")).isEqualTo(1);
    assertThat(Records.checks())
        .extracting(CheckRecord::sharedWith)
        .containsExactly("", "OneCheck > only", "", "Healthy > measures well", "");
    assertThat(Records.check("equal").measurements())
        .isEqualTo(Records.check("only").measurements());
  }

  /** Beside the copy may lie another tokenizer, of which the bytes of the model know nothing. */
  @Test
  void aCopyInAnotherFolderSharesTheSessionAndNoReading() {
    ScriptedProbe.script(
        "only",
        context -> {
          ScriptedProbe.load(context);
          return ScriptedProbe.number(1);
        });
    Engine.watched(selectClass(Suites.OneCheckTest.class), selectClass(Suites.ElsewhereTest.class))
        .execute();

    assertThat(Engine.runner().modelsLoaded()).isEqualTo(1);
    assertThat(ScriptedProbe.runs("only")).isEqualTo(2);
    assertThat(Records.checks()).extracting(CheckRecord::sharedWith).containsExactly("", "");
  }

  /** The second waits for the first, which waits for a third: only if waiting blocks nobody. */
  @RepeatedTest(3)
  void equalProbesRunOnceInSuitesThatRunAtTheSameTime() {
    CountDownLatch third = new CountDownLatch(1);
    ScriptedProbe.script(
        "only", context -> ScriptedProbe.number(third.await(60, TimeUnit.SECONDS) ? 1 : 0));
    ScriptedProbe.script(
        "beside",
        context -> {
          third.countDown();
          return ScriptedProbe.number(1);
        });
    Engine.parallel(
            2,
            selectClass(Suites.OneCheckTest.class),
            selectClass(Suites.EqualCheckTest.class),
            selectClass(Suites.BesideTest.class))
        .execute()
        .testEvents()
        .assertStatistics(stats -> stats.started(4).succeeded(4));

    assertThat(ScriptedProbe.runs("only")).isEqualTo(1);
    assertThat(Records.check("only").measurements().get(0).value()).isEqualTo(1);
    assertThat(Records.checks())
        .extracting(CheckRecord::name)
        .containsExactly("only", "equal", "beside", "besideAgain");
    assertThat(Engine.runner().modelsOpen()).isZero();
  }
}
