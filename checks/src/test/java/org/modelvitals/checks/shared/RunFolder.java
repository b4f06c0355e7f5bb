package org.modelvitals.checks.shared;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A process that runs the suites of a folder, and prints a line for each check. */
final class RunFolder {
  private RunFolder() {}

  public static void main(String[] arguments) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectDirectory(arguments[0]))
                .filters(includeEngines("model-vitals"))
                .build(),
            new Lines());
    System.out.println("END");
  }

  private static final class Lines implements TestExecutionListener {
    @Override
    public void executionStarted(TestIdentifier test) {
      if (test.isTest()) {
        say("BEGIN", test, "");
      }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      say("VERDICT SKIPPED", test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        say(
            "VERDICT " + result.getStatus(),
            test,
            result.getThrowable().map(Throwable::getMessage).orElse(""));
      }
    }

    private static void say(String what, TestIdentifier test, String more) {
      System.out.println(
          what + "\t" + test.getLegacyReportingName() + "\t" + more.replaceAll("\\s+", " "));
      System.out.flush();
    }
  }
}
