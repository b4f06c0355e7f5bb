package org.modelvitals.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestEngine;
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
 * @param open until the launcher was there
 * @param discover discovery
 * @param execute the rest
 */
record EngineRun(long tests, Span open, Span discover, Span execute) {

  /**
   * A part of a run.
   *
   * @param wall seconds by the clock on the wall
   * @param processor seconds of processor time of the process, its compilers and collectors
   *     included, which work beside it
   */
  record Span(double wall, double processor) {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static Span now() {
      return new Span(System.nanoTime() / 1e9, SYSTEM.getProcessCpuTime() / 1e9);
    }

    private Span since(Span start) {
      return new Span(wall - start.wall, processor - start.processor);
    }

    private Span and(Span other) {
      return new Span(wall + other.wall, processor + other.processor);
    }
  }

  static EngineRun of(List<Path> suites, Map<String, String> settings) {
    return of(new ModelVitalsEngine(), suites, settings);
  }

  static EngineRun of(TestEngine engine, List<Path> suites, Map<String, String> settings) {
    return of(engine, settings, suites.stream().map(EngineRun::select).toList());
  }

  static EngineRun of(
      TestEngine engine,
      Map<String, String> settings,
      List<? extends DiscoverySelector> selectors) {
    Span start = Span.now();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(engine)
                .build());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .configurationParameters(settings)
            .build();
    Span opened = Span.now();
    TestPlan plan = launcher.discover(request);
    Span discovered = Span.now();
    Passed passed = new Passed();
    launcher.execute(plan, passed);
    Span ended = Span.now();
    passed.require();
    return new EngineRun(
        passed.count.get(), opened.since(start), discovered.since(opened), ended.since(discovered));
  }

  private static DiscoverySelector select(Path suite) {
    return suite.toFile().isDirectory()
        ? DiscoverySelectors.selectDirectory(suite.toFile())
        : DiscoverySelectors.selectFile(suite.toFile());
  }

  Span total() {
    return open.and(discover).and(execute);
  }

  /** Counts, and does not let a benchmark measure a failure. */
  private static final class Passed implements TestExecutionListener {
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<IllegalStateException> failure = new AtomicReference<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        failure.set(
            new IllegalStateException(
                test.getDisplayName() + " did not pass", result.getThrowable().orElse(null)));
      }
      count.addAndGet(test.isTest() ? 1 : 0);
    }

    /** The launcher only logs what a listener throws. */
    void require() {
      IllegalStateException failed = failure.get();
      if (failed != null) {
        throw failed;
      }
    }
  }
}
