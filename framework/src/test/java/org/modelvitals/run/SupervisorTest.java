package org.modelvitals.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Status;

class SupervisorTest {
  private static final Probed DONE = Probed.of(new Reading(List.of(), List.of()));

  @Test
  void runsAProbeToItsEnd() {
    try (Supervisor supervisor = new Supervisor(() -> false)) {
      assertThat(supervisor.run("check", Optional.empty(), stop -> DONE, () -> {})).isSameAs(DONE);
    }
  }

  @Test
  void givesUpAProbeThatDoesNotStop() {
    AtomicBoolean released = new AtomicBoolean();
    CountDownLatch interrupted = new CountDownLatch(1);
    Supervisor supervisor = new Supervisor(() -> false, Duration.ofMillis(500));
    Probed probed =
        supervisor.run(
            "check",
            Optional.of(Duration.ofMillis(10)),
            stop -> {
              while (!released.get()) {
                LockSupport.parkNanos(1_000_000);
              }
              return DONE;
            },
            interrupted::countDown);
    Probed beside = supervisor.run("latency", Optional.empty(), stop -> DONE, () -> {});
    released.set(true);

    assertThat(Objects.requireNonNull(beside.reading()).evidence())
        .containsExactly(
            new Evidence.Note(
                "Not alone",
                "while this was measured, a probe that did not stop was still running: 'check'"));

    assertThat(interrupted.getCount()).isZero();
    assertThat(probed.status()).isEqualTo(Status.FAILED);
    assertThat(probed.sentence())
        .isEqualTo(
            "the check took longer than 10 ms and was stopped; it did not stop when it was told"
                + " to, and its thread was left behind");
  }

  @Test
  void anInterruptedRunIsACancelledOne() {
    Supervisor supervisor = new Supervisor(() -> false);
    Thread.currentThread().interrupt();
    Probed probed =
        supervisor.run(
            "check",
            Optional.empty(),
            stop -> {
              try {
                new CountDownLatch(1).await();
                return DONE;
              } catch (InterruptedException e) {
                return stop.stopped(e);
              }
            },
            () -> {});

    assertThat(Thread.interrupted()).isTrue();
    assertThat(probed.status()).isEqualTo(Status.SKIPPED);
    assertThat(probed.sentence()).isEqualTo("the run was cancelled");
  }
}
