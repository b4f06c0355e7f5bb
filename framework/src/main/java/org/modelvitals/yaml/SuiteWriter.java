package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Containment;
import org.modelvitals.suite.EarlyDecision;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.suite.Timeout;

/** Turns suites into the plain data that their YAML has. */
final class SuiteWriter {
  private SuiteWriter() {}

  static Map<String, Object> write(SuiteSpec suite, ProbeRegistry registry) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("name", suite.name());
    written.put("model", suite.model());
    put(written, "device", suite.device());
    put(written, "session", suite.session());
    String baseline = suite.baseline();
    if (baseline != null) {
      written.put("baseline", baseline);
    }
    putTags(written, suite.tags());
    putContainment(written, suite.containment());
    if (!suite.include().isEmpty()) {
      written.put(SuiteReader.INCLUDE, suite.include());
    }
    Map<String, Object> checks = new LinkedHashMap<>();
    suite.checks().forEach(check -> checks.put(check.name(), check(check, registry)));
    if (!checks.isEmpty()) {
      written.put("checks", checks);
    }
    return written;
  }

  /** Puts a record under a key, unless every part of it has its default. */
  private static void put(Map<String, Object> written, String key, Object value) {
    Shape.Fields shape = Shapes.record(value.getClass());
    if (!ShapeWriter.fields(value, shape).isEmpty()) {
      written.put(key, ShapeWriter.write(value, shape));
    }
  }

  private static void putTags(Map<String, Object> written, Set<String> tags) {
    if (!tags.isEmpty()) {
      written.put(SuiteReader.TAGS, List.copyOf(new TreeSet<>(tags)));
    }
  }

  private static Map<String, Object> check(CheckSpec check, ProbeRegistry registry) {
    ProbeSpec probe = check.check().probe();
    ProbeType<?> type =
        registry
            .of(probe)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the check '%s' uses %s, for which no probe is registered"
                            .formatted(check.name(), probe.getClass().getName())));
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(type.keyword(), ShapeWriter.write(probe, Shapes.record(probe.getClass())));
    if (!check.check().expectations().isEmpty()) {
      written.put(
          SuiteReader.EXPECT,
          expectations(check.check().expectations(), new ExpectationRules(registry, type)));
    }
    putTags(written, check.check().tags());
    EarlyDecision early = check.check().early();
    if (early != null) {
      written.put(SuiteReader.EARLY, ShapeWriter.write(early, SuiteReader.EARLY_SHAPE));
    }
    putContainment(written, check.check().containment());
    return written;
  }

  private static void putContainment(Map<String, Object> written, Containment containment) {
    Boolean isolated = containment.isolated();
    if (isolated != null) {
      written.put(SuiteReader.ISOLATED, isolated);
    }
    Timeout timeout = containment.timeout();
    if (timeout != null) {
      written.put(SuiteReader.TIMEOUT, ShapeWriter.write(timeout, SuiteReader.TIMEOUT_SHAPE));
    }
  }

  private static Map<String, Object> expectations(
      List<Expectation> expectations, ExpectationRules rules) {
    Map<String, List<Object>> conditions = new LinkedHashMap<>();
    for (Expectation expectation : expectations) {
      boolean ofText = rules.isText(expectation.measurement());
      conditions
          .computeIfAbsent(expectation.measurement(), name -> new ArrayList<>())
          .add(new YamlWriter.Condition(ConditionText.write(expectation.condition(), ofText)));
    }
    Map<String, Object> written = new LinkedHashMap<>();
    conditions.forEach(
        (measurement, list) -> written.put(measurement, list.size() == 1 ? list.get(0) : list));
    return written;
  }
}
