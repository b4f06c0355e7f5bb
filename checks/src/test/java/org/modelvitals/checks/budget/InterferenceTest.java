package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class InterferenceTest {

  /** Own work of about a tenth of a second of processor time, so that ticks are counted. */
  private static Interference.Disturbance whileWorking() {
    Interference interference = Interference.begin();
    long end = System.nanoTime() + 100_000_000;
    double sum = 0;
    while (System.nanoTime() < end) {
      sum += Math.sqrt(sum + 1);
    }
    assertThat(sum).isPositive();
    return interference.end();
  }

  @Test
  void shares_are_shares_or_unknown() {
    Interference.Disturbance disturbance = whileWorking();
    for (double share :
        new double[] {disturbance.others(), disturbance.steal(), disturbance.waiting()}) {
      assertThat(Double.isNaN(share) || (share >= 0 && share <= 1.05)).as("%s", share).isTrue();
    }
  }

  @Test
  void linux_tells_what_was_taken_and_how_long_the_thread_waited() {
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/thread-self/schedstat")), "there is no /proc here");
    Interference.Disturbance disturbance = whileWorking();
    assertThat(disturbance.taken()).isNotNaN();
    assertThat(disturbance.facts())
        .extracting(row -> row.get(0))
        .contains(
            "processor time of other processes",
            "processor time stolen by the hypervisor",
            "time the timing thread waited for a processor",
            "times a processor was taken from the timing thread",
            "load average of the last minute");
  }
}
