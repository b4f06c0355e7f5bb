package org.modelvitals.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.modelvitals.engine.ModelVitalsEngine;

/**
 * A run of the engine as a build tool makes it: through the platform's launcher.
 *
 * @param tests how many checks passed
 *     <p>Seconds are processor time of the process, its compilers and collectors included.
 * @param open seconds until the launcher was there
 * @param discover seconds of discovery
 * @param execute seconds of the rest
 */
record EngineRun(long tests, double open, double discover, double execute) {

  private static final OperatingSystemMXBean CLOCK =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static EngineRun of(List<Path> suites, Map<String, String> settings) {
    long start = CLOCK.getProcessCpuTime();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new ModelVitalsEngine())
                .build());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(suites.stream().map(EngineRun::select).toList())
            .configurationParameters(settings)
            .build();
    long opened = CLOCK.getProcessCpuTime();
    TestPlan plan = launcher.discover(request);
    long discovered = CLOCK.getProcessCpuTime();
    Passed passed = new Passed();
    launcher.execute(plan, passed);
    long ended = CLOCK.getProcessCpuTime();
    return new EngineRun(
        passed.count.get(),
        (opened - start) / 1e9,
        (discovered - opened) / 1e9,
        (ended - discovered) / 1e9);
  }

  private static DiscoverySelector select(Path suite) {
    return suite.toFile().isDirectory()
        ? DiscoverySelectors.selectDirectory(suite.toFile())
        : DiscoverySelectors.selectFile(suite.toFile());
  }

  double total() {
    return open + discover + execute;
  }

  /** Counts, and does not let a benchmark measure a failure. */
  private static final class Passed implements TestExecutionListener {
    private final AtomicLong count = new AtomicLong();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        throw new IllegalStateException(
            test.getDisplayName() + " did not pass", result.getThrowable().orElse(null));
      }
      count.addAndGet(test.isTest() ? 1 : 0);
    }
  }
}
