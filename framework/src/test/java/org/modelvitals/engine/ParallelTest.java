package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/** Suites run at the same time when asked; what measures time or memory runs alone. */
class ParallelTest extends EngineFixture {

  @Test
  void suitesMeetWhenAsked() {
    CyclicBarrier both = new CyclicBarrier(2);
    ScriptedProbe.script("only", context -> ScriptedProbe.number(both.await(60, TimeUnit.SECONDS)));
    ScriptedProbe.script(
        "measures", context -> ScriptedProbe.number(both.await(60, TimeUnit.SECONDS)));
    Engine.parallel(
            2, selectClass(Suites.OneCheckTest.class), selectClass(Suites.AfterwardsTest.class))
        .execute()
        .testEvents()
        .assertStatistics(stats -> stats.started(2).succeeded(2));

    assertThat(Records.last().suites())
        .extracting(SuiteRecord::name)
        .containsExactly("OneCheck", "Afterwards");
  }

  @RepeatedTest(5)
  @SuppressWarnings("ThreadPriorityCheck") // only makes a fault more likely to show
  void nothingRunsBesideACheckThatIsAlone() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger beside = new AtomicInteger();
    ScriptedProbe.script(
        "alone",
        context -> {
          for (int i = 0; i < 2_000; i++) {
            beside.addAndGet(running.get());
            Thread.yield(); // gives whoever is not kept out the chance to come in
          }
          return ScriptedProbe.number(1);
        });
    ScriptedProbe.script(
        "beside",
        context -> {
          running.incrementAndGet();
          Thread.yield();
          running.decrementAndGet();
          return ScriptedProbe.number(1);
        });
    Engine.parallel(
            4,
            selectClass(Suites.BesideTest.class),
            selectClass(Suites.AloneTest.class),
            selectClass(Suites.HealthyTest.class))
        .execute()
        .testEvents()
        .assertStatistics(stats -> stats.started(7).succeeded(7));

    assertThat(beside).hasValue(0);
    assertThat(Records.checks())
        .extracting(check -> check.verdict().status())
        .containsOnly(Status.PASSED);
  }

  @Test
  void aCheckThatIsAloneTakesWhatOthersShare() {
    assertThat(
            Engine.discover(selectClass(Suites.AloneTest.class))
                .getEngineDescriptor()
                .getDescendants()
                .stream()
                .filter(TestDescriptor::isTest)
                .flatMap(check -> ((CheckNode) check).getExclusiveResources().stream()))
        .extracting(ExclusiveResource::getLockMode)
        .containsExactly(ExclusiveResource.LockMode.READ_WRITE, ExclusiveResource.LockMode.READ);
  }
}
