package org.modelvitals.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.ReadySuite;
import org.modelvitals.suite.SuiteSpec;

/** Adds the checks of ready suites to those that a suite declares itself. */
public final class IncludedChecks {
  private IncludedChecks() {}

  /**
   * The suite with the checks of the ready suites that it includes, those first. A check of its own
   * takes the place of an included one of the same name.
   */
  public static SuiteSpec of(SuiteSpec suite, Base base, ProbeRegistry registry) {
    if (suite.include().isEmpty()) {
      return suite;
    }
    Map<String, CheckSpec> checks = new LinkedHashMap<>();
    Path model = model(suite, base);
    for (String keyword : suite.include()) {
      ReadySuite ready = registry.readySuites().get(keyword);
      if (ready != null) {
        ready.checks(model).forEach(check -> checks.put(check.name(), check));
      }
    }
    suite.checks().forEach(check -> checks.put(check.name(), check));
    return with(suite, suite.name(), suite.model(), new ArrayList<>(checks.values()));
  }

  /** What is wrong with the path is said by the checks when they run. */
  private static Path model(SuiteSpec suite, Base base) {
    try {
      return base.locate(suite.model());
    } catch (ProbeException e) {
      return base.folder();
    }
  }

  /** The same suite about another model. */
  public static SuiteSpec about(SuiteSpec suite, String name, String model) {
    String baseline = suite.baseline();
    SuiteSpec about = with(suite, name, model, suite.checks());
    return baseline == null ? about : about.baseline(ofModel(baseline, name));
  }

  /** Each of several models has an approved run of its own: {@code approved-digits.json}. */
  private static String ofModel(String baseline, String name) {
    int dot =
        baseline.indexOf('.', Math.max(baseline.lastIndexOf('/'), baseline.lastIndexOf('\\')) + 1);
    int end = dot < 0 ? baseline.length() : dot;
    return baseline.substring(0, end)
        + "-"
        + name.replaceAll("[^\\p{L}\\p{N}._-]+", "-")
        + baseline.substring(end);
  }

  private static SuiteSpec with(
      SuiteSpec suite, String name, String model, List<CheckSpec> checks) {
    return new SuiteSpec(
        name,
        model,
        suite.device(),
        suite.session(),
        suite.tags(),
        suite.containment(),
        suite.include(),
        checks,
        suite.baseline());
  }
}
