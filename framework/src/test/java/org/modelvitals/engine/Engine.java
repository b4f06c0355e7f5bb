package org.modelvitals.engine;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The engine in tests. */
final class Engine {
  private Engine() {}

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

  static EngineExecutionResults cancellable(
      CancellationToken token, DiscoverySelector... selectors) {
    return kit(selectors).cancellationToken(token).execute();
  }

  static EngineDiscoveryResults discover(DiscoverySelector... selectors) {
    return kit(selectors).discover();
  }

  /** Messages of everything that is wrong with a declaration. */
  static List<String> issues(DiscoverySelector... selectors) {
    return discover(selectors).getDiscoveryIssues().stream().map(issue -> issue.message()).toList();
  }
}
