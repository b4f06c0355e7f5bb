package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Containment;
import org.modelvitals.suite.EarlyDecision;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.suite.Timeout;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Makes a suite of a YAML document. A check with a mistake is left out of the suite: it must not
 * run with less than was declared.
 */
final class SuiteReader {
  static final String INCLUDE = "include";
  static final String EXPECT = "expect";
  static final String TAGS = "tags";
  static final String EARLY = "decide-early";
  static final Shape EARLY_SHAPE = Shapes.record(EarlyDecision.class);
  static final String ISOLATED = "isolated";
  static final String TIMEOUT = "timeout";
  static final Shape ISOLATED_SHAPE = Shapes.of(Boolean.class);
  static final Shape TIMEOUT_SHAPE = Shapes.record(Timeout.class);
  private static final List<String> CHECK_KEYS = List.of(EXPECT, TAGS, EARLY, ISOLATED, TIMEOUT);
  private static final String THE_SUITE = "the suite";
  private static final Shape CONDITION = new Shape.Text();
  private static final Shape TAG_LIST = Shapes.tags();
  private static final Shape MAPPING = new Shape.Mapping(new Shape.Text());

  private final ProbeRegistry registry;
  private final Set<String> keywords;
  private final Mistakes mistakes;
  private final ShapeReader shapes;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  SuiteReader(ProbeRegistry registry, Mistakes mistakes) {
    this.registry = registry;
    this.keywords = registry.keywords();
    this.mistakes = mistakes;
    this.shapes = new ShapeReader(mistakes);
  }

  /** The line of each check, also of those with mistakes. */
  Map<String, Integer> lines() {
    return lines;
  }

  /** Reads the suite; empty if no check of it can be run. */
  Optional<SuiteSpec> read(Node root, String defaultName) {
    Optional<Map<String, NodeTuple>> entries = shapes.entries(root, SuiteForm.SHAPE, THE_SUITE);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    int before = mistakes.count();
    Map<String, Object> values = shapes.values(root, SuiteForm.SHAPE, entries.get(), THE_SUITE);
    NodeTuple named = entries.get().get("name");
    if (named != null && values.get("name") instanceof String name && name.isBlank()) {
      mistakes.add(
          named.getValueNode(), "'name' is blank; leave it out to use '" + defaultName + "'");
    }
    if (values.get("model") instanceof String model && model.isBlank()) {
      mistakes.add(
          Objects.requireNonNull(entries.get().get("model")).getKeyNode(),
          "'model' is blank; a suite names the file of a model");
    }
    if (values.get("baseline") instanceof String baseline && baseline.isBlank()) {
      mistakes.add(
          Objects.requireNonNull(entries.get().get("baseline")).getKeyNode(),
          "'baseline' is blank; it names the file of an approved run");
    }
    boolean sound = mistakes.count() == before;
    List<String> include = include(entries.get().get(INCLUDE), values.get(INCLUDE));
    NodeTuple declared = entries.get().get("checks");
    if (declared == null && entries.get().get(INCLUDE) == null && sound) {
      mistakes.add(root, "the suite needs 'checks', or a ready suite under 'include'");
    }
    List<CheckSpec> checks = declared == null ? List.of() : checks(declared);
    return !sound || (checks.isEmpty() && include.isEmpty())
        ? Optional.empty()
        : Optional.of(
            new SuiteSpec(
                (String) values.getOrDefault("name", defaultName),
                (String) Objects.requireNonNull(values.get("model")),
                (DeviceSpec) values.getOrDefault("device", DeviceSpec.CPU),
                (SessionSpec) values.getOrDefault("session", SessionSpec.DEFAULT),
                tags(values.get(TAGS)),
                new Containment((Boolean) values.get(ISOLATED), (Timeout) values.get(TIMEOUT)),
                include,
                checks,
                (String) values.get("baseline")));
  }

  /** The ready suites that are named and known. */
  private List<String> include(@Nullable NodeTuple declared, @Nullable Object names) {
    List<String> known = new ArrayList<>();
    if (declared != null && names instanceof List<?> list) {
      Set<String> keywords = registry.readySuites().keySet();
      for (Object name : list) {
        if (keywords.contains(name.toString())) {
          known.add(name.toString());
        } else {
          mistakes.add(
              declared.getValueNode(), SuiteProblems.unknownSuite(name.toString(), keywords));
        }
      }
      if (list.isEmpty()) {
        mistakes.add(declared.getKeyNode(), "'include' is empty; it names at least one suite");
      }
    }
    return known;
  }

  private static Set<String> tags(@Nullable Object list) {
    return list instanceof List<?> items
        ? items.stream().map(Object::toString).collect(Collectors.toCollection(LinkedHashSet::new))
        : Set.of();
  }

  private List<CheckSpec> checks(NodeTuple declared) {
    Optional<Map<String, NodeTuple>> byName =
        shapes.entries(declared.getValueNode(), MAPPING, "'checks'");
    if (byName.isEmpty()) {
      return List.of();
    }
    if (byName.get().isEmpty()) {
      mistakes.add(declared.getKeyNode(), "'checks' is empty; a suite has at least one check");
    }
    List<CheckSpec> checks = new ArrayList<>();
    for (Map.Entry<String, NodeTuple> entry : byName.get().entrySet()) {
      lines.put(entry.getKey(), Mistakes.line(entry.getValue().getKeyNode()));
      Optional<HealthCheck> check = check(entry.getKey(), entry.getValue());
      if (check.isPresent()) {
        checks.add(new CheckSpec(entry.getKey(), check.get()));
      }
    }
    return checks;
  }

  private Optional<HealthCheck> check(String name, NodeTuple declared) {
    String what = "the check '" + name + "'";
    int before = mistakes.count();
    if (name.isBlank()) {
      mistakes.add(declared.getKeyNode(), "a check has no name");
    }
    Optional<Map<String, NodeTuple>> entries =
        shapes.entries(declared.getValueNode(), MAPPING, what);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProbeType<?>> type = probeType(entries.get(), declared, what);
    Optional<Object> probe =
        type.flatMap(
            known ->
                shapes.fields(
                    Objects.requireNonNull(entries.get().get(known.keyword())).getValueNode(),
                    Shapes.record(known.specification()),
                    "'" + known.keyword() + "'"));
    List<Expectation> expectations =
        Optional.ofNullable(entries.get().get(EXPECT))
            .map(entry -> expectations(entry.getValueNode(), type.map(this::rules)))
            .orElse(List.of());
    if (mistakes.count() == before && probe.isPresent() && type.isPresent()) {
      requireMeasured(entries.get().get(EXPECT), rules(type.get()), (ProbeSpec) probe.get());
    }
    Optional<Object> tags = value(entries.get(), TAGS, TAG_LIST);
    Optional<Object> early = value(entries.get(), EARLY, EARLY_SHAPE);
    Optional<Object> isolated = value(entries.get(), ISOLATED, ISOLATED_SHAPE);
    Optional<Object> timeout = value(entries.get(), TIMEOUT, TIMEOUT_SHAPE);
    return mistakes.count() > before || probe.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HealthCheck(
                (ProbeSpec) probe.get(),
                expectations,
                tags(tags.orElse(null)),
                (EarlyDecision) early.orElse(null),
                new Containment((Boolean) isolated.orElse(null), (Timeout) timeout.orElse(null))));
  }

  private void requireMeasured(
      @Nullable NodeTuple expectations, ExpectationRules rules, ProbeSpec declared) {
    if (expectations != null && expectations.getValueNode() instanceof MappingNode mapping) {
      for (NodeTuple expected : mapping.getValue()) {
        if (expected.getKeyNode() instanceof ScalarNode name) {
          rules
              .problemOfDeclaration(name.getValue(), declared)
              .ifPresent(problem -> mistakes.add(name, problem));
        }
      }
    }
  }

  private Optional<Object> value(Map<String, NodeTuple> entries, String key, Shape shape) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(entry -> shapes.read(entry.getValueNode(), shape, "'" + key + "'"));
  }

  /** The only key that is a probe's keyword. */
  private Optional<ProbeType<?>> probeType(
      Map<String, NodeTuple> entries, NodeTuple declared, String what) {
    List<String> given = new ArrayList<>(entries.keySet());
    given.retainAll(keywords);
    boolean unknown = false;
    for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
      String key = entry.getKey();
      if (!keywords.contains(key) && !CHECK_KEYS.contains(key)) {
        unknown = true;
        boolean misspelt = !given.isEmpty() || Words.nearest(key, CHECK_KEYS).isPresent();
        List<String> valid =
            Stream.concat(given.isEmpty() ? keywords.stream() : Stream.of(), CHECK_KEYS.stream())
                .toList();
        mistakes.add(
            entry.getValue().getKeyNode(),
            misspelt
                ? "unknown key '%s' in %s%s".formatted(key, what, Words.hint(key, valid, "keys"))
                : "unknown probe '%s'%s".formatted(key, Words.hint(key, keywords, "probes")));
      }
    }
    if (given.size() > 1) {
      mistakes.add(
          Objects.requireNonNull(entries.get(given.get(1))).getKeyNode(),
          "%s has the probes %s; a check has one, so make it %d checks"
              .formatted(what, String.join(" and ", given), given.size()));
    } else if (given.isEmpty() && !unknown) {
      mistakes.add(
          declared.getKeyNode(),
          "%s has no probe; the probes are %s".formatted(what, String.join(", ", keywords)));
    }
    return given.size() == 1 ? registry.byKeyword(given.get(0)) : Optional.empty();
  }

  private ExpectationRules rules(ProbeType<?> probe) {
    return new ExpectationRules(registry, probe);
  }

  /** Without a probe only the form of the conditions is looked at. */
  private List<Expectation> expectations(Node node, Optional<ExpectationRules> probe) {
    List<Expectation> expectations = new ArrayList<>();
    Map<String, NodeTuple> entries = shapes.entries(node, MAPPING, "'expect'").orElse(Map.of());
    for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
      String measurement = entry.getKey();
      probe
          .flatMap(rules -> rules.problemOfName(measurement))
          .ifPresent(problem -> mistakes.add(entry.getValue().getKeyNode(), problem));
      conditions(measurement, entry.getValue().getValueNode(), probe, expectations);
    }
    return expectations;
  }

  private void conditions(
      String measurement,
      Node node,
      Optional<ExpectationRules> probe,
      List<Expectation> expectations) {
    if (node instanceof SequenceNode several) {
      if (several.getValue().isEmpty()) {
        mistakes.add(
            node,
            "the list of conditions on '%s' is empty; it has at least one".formatted(measurement));
      }
      several
          .getValue()
          .forEach(condition -> condition(measurement, condition, probe, expectations));
    } else {
      condition(measurement, node, probe, expectations);
    }
  }

  private void condition(
      String measurement,
      Node node,
      Optional<ExpectationRules> probe,
      List<Expectation> expectations) {
    Optional<ScalarNode> scalar =
        shapes.text(node, CONDITION, "the condition on '" + measurement + "'");
    if (scalar.isEmpty()) {
      return;
    }
    try {
      boolean ofText = probe.isPresent() && probe.get().isText(measurement);
      Condition condition = ConditionText.read(scalar.get().getValue(), ofText);
      probe
          .flatMap(rules -> rules.problemOfCondition(measurement, condition))
          .ifPresent(problem -> mistakes.add(node, problem));
      expectations.add(new Expectation(measurement, condition));
    } catch (IllegalArgumentException e) {
      mistakes.add(node, ShapeReader.message(e));
    }
  }
}
