package org.modelvitals.engine;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.modelvitals.run.CheckRunner;

/** The engine in tests. */
final class Engine {
  private static final AtomicReference<CheckRunner> RUNNER = new AtomicReference<>();

  private Engine() {}

  /** What ran the checks of the last watched run. */
  static CheckRunner runner() {
    return Objects.requireNonNull(RUNNER.get());
  }

  /** An engine whose {@link #runner} can be asked for its counters, also while it runs. */
  static EngineTestKit.Builder watched(DiscoverySelector... selectors) {
    return EngineTestKit.engine(new ModelVitalsEngine(RUNNER::set))
        .configurationParameter("modelvitals.report.test", "true")
        .selectors(selectors);
  }

  static EngineTestKit.Builder parallel(int parallelism, DiscoverySelector... selectors) {
    return watched(selectors)
        .configurationParameter("modelvitals.parallel.enabled", "true")
        .configurationParameter("modelvitals.parallel.config.strategy", "fixed")
        .configurationParameter(
            "modelvitals.parallel.config.fixed.parallelism", Integer.toString(parallelism));
  }

  static EngineTestKit.Builder kit(DiscoverySelector... selectors) {
    return EngineTestKit.engine(ModelVitalsEngine.ID)
        .configurationParameter("modelvitals.report.test", "true")
        .selectors(selectors);
  }

  static EngineExecutionResults run(DiscoverySelector... selectors) {
    return kit(selectors).execute();
  }

  static EngineExecutionResults run(
      UnaryOperator<EngineTestKit.Builder> how, DiscoverySelector... selectors) {
    return how.apply(kit(selectors)).execute();
  }

  static EngineDiscoveryResults discover(DiscoverySelector... selectors) {
    return kit(selectors).discover();
  }

  /** Messages of everything that is wrong with a declaration. */
  static List<String> issues(DiscoverySelector... selectors) {
    return discover(selectors).getDiscoveryIssues().stream().map(issue -> issue.message()).toList();
  }
}
