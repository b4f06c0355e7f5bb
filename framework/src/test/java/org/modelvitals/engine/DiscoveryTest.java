package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.PackageNameFilter;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;

/** Which checks a selector finds, and how it is told that a declaration is wrong. */
class DiscoveryTest extends EngineFixture {
  private static final String HEALTHY = Suites.HealthyTest.class.getName();

  @Test
  void byClass() {
    assertThat(found(selectClass(Suites.HealthyTest.class)))
        .containsExactly("measures well", "has its own name", "loads");
  }

  @Test
  void byPackageAndByClassPathRoot() throws Exception {
    Filter<?> names = ClassNameFilter.includeClassNamePatterns(".*\\$(Copy|Inheriting)Test");
    assertThat(found(names, selectPackage("org.modelvitals.engine")))
        .containsExactlyInAnyOrder("loads", "common", "own");

    Path root = Path.of(Suites.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    DiscoverySelector selector = selectClasspathRoots(Set.of(root)).get(0);
    // YAML suites are no classes: the filter is not about them.
    assertThat(found(names, selector)).containsExactlyInAnyOrder("loads", "common", "own", "loads");
    assertThat(found(PackageNameFilter.excludePackageNames("org.modelvitals.engine"), selector))
        .containsExactly("loads");
  }

  @Test
  void byClassNameFilter() {
    assertThat(
            found(
                ClassNameFilter.excludeClassNamePatterns(".*Healthy.*"),
                selectClass(Suites.HealthyTest.class),
                selectClass(Suites.CopyTest.class)))
        .containsExactly("loads");
  }

  @Test
  void byFieldMethodAndText() {
    assertThat(found(FieldSelector.selectField(Suites.HealthyTest.class, "named")))
        .containsExactly("has its own name");
    assertThat(found(selectMethod(HEALTHY, "loads"))).containsExactly("loads");
    assertThat(found(DiscoverySelectors.parse("field:" + HEALTHY + "#named").orElseThrow()))
        .containsExactly("has its own name");
    assertThat(FieldSelector.selectField(HEALTHY, "named").toIdentifier().orElseThrow().toString())
        .isEqualTo("field:" + HEALTHY + "#named");
  }

  @Test
  void aFieldThatIsNoCheckIsToldWithTheNearestName() {
    assertThat(Engine.issues(FieldSelector.selectField(Suites.HealthyTest.class, "laods")))
        .containsExactly(HEALTHY + " has no check 'laods'; did you mean 'loads'?");
    assertThat(Engine.issues(FieldSelector.selectField("com.acme.Missing", "loads")))
        .containsExactly("there is no class com.acme.Missing with @HealthSuite");
    // A method of a test of Jupiter in the same class is none of our business.
    assertThat(Engine.issues(selectMethod(HEALTHY, "someTest"))).isEmpty();
  }

  @Test
  void byUniqueIdOfSuiteAndCheck() {
    String suite = "[engine:model-vitals]/[class:" + HEALTHY + "]";
    assertThat(found(selectUniqueId(suite)))
        .containsExactly("measures well", "has its own name", "loads");
    assertThat(found(selectUniqueId(suite + "/[check:named]"))).containsExactly("has its own name");
    assertThat(found(selectUniqueId(suite + "/[check:none]"))).isEmpty();
  }

  @Test
  void severalSelectorsOfOneSuiteMeanOneNode() {
    TestDescriptor engine =
        Engine.discover(
                FieldSelector.selectField(Suites.HealthyTest.class, "loads"),
                selectMethod(HEALTHY, "named"),
                selectClass(Suites.HealthyTest.class))
            .getEngineDescriptor();
    assertThat(engine.getChildren()).hasSize(1);
    assertThat(engine.getChildren().iterator().next().getChildren()).hasSize(3);
  }

  @Test
  void nestedAndInheritedSuites() {
    assertThat(found(selectClass(Suites.Outer.class))).containsExactly("nested");
    assertThat(found(selectClass(Suites.InheritingTest.class))).containsExactly("common", "own");
    assertThat(found(selectClass(Suites.Inherited.class))).isEmpty();
    assertThat(found(selectClass(String.class))).isEmpty();
  }

  @Test
  void byTag() {
    assertThat(tagged("quick")).containsExactly("measures well");
    assertThat(tagged("nightly & !quick")).containsExactly("has its own name", "loads");
  }

  private static List<String> tagged(String expression) {
    var tests =
        Engine.run(
                kit -> kit.filters(TagFilter.includeTags(expression)),
                selectClass(Suites.HealthyTest.class))
            .testEvents();
    return tests.started().map(event -> event.getTestDescriptor().getDisplayName()).toList();
  }

  @Test
  void everyDescriptorHasASource() {
    for (String source : List.of("field", "method")) {
      EngineDiscoveryResults results =
          Engine.kit(selectClass(Suites.HealthyTest.class), selectClass(Suites.Outer.class))
              .configurationParameter("modelvitals.source", source)
              .discover();
      assertThat(results.getEngineDescriptor().getDescendants())
          .isNotEmpty()
          .allSatisfy(node -> assertThat(node.getSource()).isPresent());
    }
    assertThat(
            Engine.kit(FieldSelector.selectField(HEALTHY, "loads"))
                .configurationParameter("modelvitals.source", "method")
                .discover()
                .getEngineDescriptor()
                .getDescendants())
        .anySatisfy(
            node -> assertThat(node.getSource()).contains(MethodSource.from(HEALTHY, "loads")));
  }

  @Test
  void discoveryRunsNothingAndReadsNoModel() {
    EngineDiscoveryResults results =
        Engine.discover(
            selectClass(Suites.HealthyTest.class), selectClass(Suites.MissingModelTest.class));

    assertThat(results.getDiscoveryIssues()).isEmpty();
    assertThat(ScriptedProbe.runs("measures")).isZero();
  }

  @Test
  void allMistakesAreToldAtOnce() {
    EngineDiscoveryResults results = Engine.discover(selectClass(Suites.MistakenTest.class));
    String name = Suites.MistakenTest.class.getName();

    assertThat(results.getDiscoveryIssues())
        .allSatisfy(issue -> assertThat(issue.source()).isPresent())
        .extracting(issue -> issue.message())
        .containsExactlyInAnyOrder(
            name + ".empty is null",
            name + ".notStatic is a check and must be static",
            name + ".wrong is a String; a check is a HealthCheck or a ProbeSpec",
            name + ".twice: another check is called 'healthy'",
            name + ": 'two words' is no tag: a tag has no spaces and none of , ( ) & | !",
            "'a|b' is no tag: a tag has no spaces and none of , ( ) & | ! in the check 'tagged' of "
                + name,
            "the check 'unregistered' of %s is declared by %s, for which no probe is registered in META-INF/services/org.modelvitals.probe.ProbeType"
                .formatted(name, Suites.Unregistered.class.getName()));
    assertThat(names(results.getEngineDescriptor())).containsExactly("healthy", "tagged");
  }

  @Test
  void aClassThatDoesNotInitialiseIsOneMistakeEachTime() {
    for (int time = 0; time < 2; time++) {
      assertThat(
              Engine.issues(
                  selectClass(Suites.ExplodingTest.class), selectClass(Suites.HealthyTest.class)))
          .hasSize(1)
          .first()
          .asString()
          .contains(Suites.ExplodingTest.class.getName() + " cannot be read")
          .contains("'ninety' is not a quantity");
    }
  }

  @Test
  void suitesWithoutChecksAreMistakes() {
    assertThat(Engine.issues(selectClass(Suites.EmptyTest.class)))
        .singleElement()
        .asString()
        .contains("is a health suite without checks");
    assertThat(Engine.issues(selectClass(Suites.NamesNothingTest.class)))
        .singleElement()
        .asString()
        .contains("names 'target/engine-tests/no-such-folder' in @HealthSuite, but there is no");
  }

  private static List<String> found(DiscoverySelector... selectors) {
    return names(Engine.discover(selectors).getEngineDescriptor());
  }

  private static List<String> found(Filter<?> filter, DiscoverySelector... selectors) {
    return names(Engine.kit(selectors).filters(filter).discover().getEngineDescriptor());
  }

  private static List<String> names(TestDescriptor engine) {
    return engine.getDescendants().stream()
        .filter(TestDescriptor::isTest)
        .map(TestDescriptor::getDisplayName)
        .toList();
  }
}
