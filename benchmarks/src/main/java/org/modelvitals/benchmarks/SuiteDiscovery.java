package org.modelvitals.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.modelvitals.engine.ModelVitalsEngine;

/**
 * Processor time in which a cold process discovers two hundred suites in YAML: of the whole
 * process, in which the JVM compiles at the same time, and of the thread that discovers. What the
 * platform takes for the same tree of a {@link BareEngine}, in another cold process, is not ours.
 */
final class SuiteDiscovery {
  private static final int SUITES = 200;
  private static final int CHECKS = 4;
  private static final double BAR = 1;

  private SuiteDiscovery() {}

  static Result measure() throws Exception {
    Child.Said bare = Child.run(SuiteDiscovery.class, List.of(), "bare");
    Child.Said ours = Child.run(SuiteDiscovery.class, List.of(), "ours");
    double own = ours.number("process") - bare.number("process");
    return new Result(
        "discovery of %d YAML suites (%.0f checks), cold, processor time with the JVM's compilers (of the thread); bare is the platform with an engine whose tree is the same and which reads no file"
            .formatted(SUITES, ours.number("checks")),
        both(ours),
        both(bare),
        Words.format("%.2f s of our own", own),
        "≤ 1 s",
        own <= BAR);
  }

  private static String both(Child.Said said) {
    return Words.format("%.2f s (%.2f s)", said.number("process"), said.number("thread"));
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Projects.scratch().resolve("suites"));
    Path examples = Projects.examples();
    for (int i = 0; i < SUITES; i++) {
      Files.writeString(
          folder.resolve("digits-%d.vitals.yaml".formatted(i)),
          """
          model: %s/models/digits.onnx
          tags: [vision]
          checks:
            is what we exported:
              artifact: {}
              expect: {opset: between 17 and 21, size: "<= 64 KiB"}
            reads digits:
              classification: {data: %s/data/digits-test.csv, label: digit}
              expect: {accuracy: ">= 97 %%", "recall[7]": ">= 95 %%", log loss: "<= 0.1 nats"}
            answers in time:
              latency: {scenario: single-stream, calls: 500}
              expect: {p50: "<= 5 ms", p99: "<= 50 ms"}
            stays small:
              memory: {}
              expect: {peak: "<= 64 MiB"}
          """
              .formatted(examples, examples));
    }
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(
                    arguments[0].equals("bare") ? new BareEngine(CHECKS) : new ModelVitalsEngine())
                .build());
    var threads = ManagementFactory.getThreadMXBean();
    long threadBefore = threads.getCurrentThreadCpuTime();
    long before = system.getProcessCpuTime();
    TestPlan plan =
        launcher.discover(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectDirectory(folder.toFile()))
                .build());
    long after = system.getProcessCpuTime();
    Child.say("thread", (threads.getCurrentThreadCpuTime() - threadBefore) / 1e9);
    Child.say("process", (after - before) / 1e9);
    Child.say("checks", plan.countTestIdentifiers(test -> test.isTest()));
  }
}
