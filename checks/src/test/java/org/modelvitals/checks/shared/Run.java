package org.modelvitals.checks.shared;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;

/** A run of YAML suites through the engine. */
record Run(RunRecord record) {

  static Run of(Path... files) {
    return of(List.of(files));
  }

  static Run of(List<Path> files) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    files.forEach(file -> selectors.add(selectFile(file.toFile())));
    String name = UUID.randomUUID().toString();
    EngineTestKit.Builder kit =
        EngineTestKit.engine("model-vitals")
            .configurationParameter("modelvitals.report." + TakenRecords.KEY, name)
            .selectors(selectors.toArray(DiscoverySelector[]::new));
    EngineDiscoveryResults discovered = kit.discover();
    List<String> mistakes =
        discovered.getDiscoveryIssues().stream().map(DiscoveryIssue::message).toList();
    if (!mistakes.isEmpty()) {
      throw new AssertionError(String.join("\n", mistakes));
    }
    kit.execute();
    return new Run(TakenRecords.take(name));
  }

  List<CheckRecord> checks() {
    return record.suites().stream().flatMap(suite -> suite.checks().stream()).toList();
  }

  /** The only check of each suite, by the suite's name. */
  Map<String, CheckRecord> bySuite() {
    Map<String, CheckRecord> checks = new LinkedHashMap<>();
    for (SuiteRecord suite : record.suites()) {
      suite.checks().forEach(check -> checks.put(suite.name(), check));
    }
    return checks;
  }

  CheckRecord check(String name) {
    return checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no check '" + name + "'"));
  }

  double value(String check, String measurement) {
    return check(check).measurements().stream()
        .filter(m -> m.name().equals(measurement))
        .map(Measurement::value)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " did not measure " + measurement));
  }

  <E extends Evidence> List<E> evidence(String check, Class<E> type) {
    return check(check).evidence().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
