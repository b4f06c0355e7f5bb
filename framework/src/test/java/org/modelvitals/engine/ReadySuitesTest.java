package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthSuite;
import org.modelvitals.suite.ProbeSpec;

/** Suites that include ready ones, about one model or about many. */
class ReadySuitesTest extends EngineFixture {
  @TempDir private Path folder;

  private DiscoverySelector suite(String yaml) throws IOException {
    Path models = Files.createDirectories(folder.resolve("models/deep"));
    for (Path to : List.of(models.resolve("a.onnx"), models.resolveSibling("b.onnx"))) {
      if (!Files.exists(to)) {
        Files.copy(Path.of(Suites.NEGATION), to);
      }
    }
    Files.writeString(models.resolveSibling("no-model.txt"), "text");
    return selectFile(Files.writeString(folder.resolve("s.vitals.yaml"), yaml).toFile());
  }

  private static List<String> names(DiscoverySelector selector) {
    return Engine.discover(selector).getEngineDescriptor().getDescendants().stream()
        .filter(TestDescriptor::isTest)
        .map(TestDescriptor::getLegacyReportingName)
        .toList();
  }

  private static List<String> mistakes(DiscoverySelector selector) {
    return Engine.discover(selector).getDiscoveryIssues().stream()
        .map(DiscoveryIssue::message)
        .toList();
  }

  @Test
  void includedChecksStandBeforeTheSuitesOwn() throws IOException {
    DiscoverySelector suite =
        suite(
            """
            model: models/b.onnx
            include: twofold
            checks:
              mine: {scripted: {script: measures}}
            """);
    assertThat(names(suite)).containsExactly("s > measures well", "s > loads b.onnx", "s > mine");
    Engine.kit(suite).execute();
    assertThat(Records.checks())
        .extracting(CheckRecord::name)
        .containsExactly("measures well", "loads b.onnx", "mine");
  }

  @Test
  void aCheckOfTheSameNameTakesThePlaceOfAnIncludedOne() throws IOException {
    Engine.kit(
            suite(
                """
                model: models/b.onnx
                include: [twofold]
                checks:
                  measures well: {scripted: {script: undefined}, expect: {value: '>= 1 %'}}
                """))
        .execute();
    assertThat(Records.checks())
        .extracting(CheckRecord::name)
        .containsExactly("measures well", "loads b.onnx");
    assertThat(Records.check("measures well").verdict().outcomes()).hasSize(1);
  }

  @Test
  void aFolderAndAPatternAreASuiteOfEachModel() throws IOException {
    DiscoverySelector all = suite("model: models\ninclude: twofold\n");
    assertThat(names(all))
        .containsExactly(
            "s: b.onnx > measures well",
            "s: b.onnx > loads b.onnx",
            "s: deep/a.onnx > measures well",
            "s: deep/a.onnx > loads a.onnx");
    Engine.kit(all).execute().testEvents().assertStatistics(events -> events.succeeded(4));
    assertThat(Records.last().suites())
        .extracting(SuiteRecord::name, suite -> suite.model().path())
        .containsExactly(
            tuple("s: b.onnx", "models/b.onnx"), tuple("s: deep/a.onnx", "models/deep/a.onnx"));

    assertThat(names(suite("model: models/*.onnx\ninclude: twofold\n"))).hasSize(2);
    assertThat(names(suite("model: models/**.onnx\ninclude: twofold\n"))).hasSize(4);
    assertThat(names(suite("model: models/{deep/a,b}.onnx\ninclude: twofold\n"))).hasSize(4);
  }

  @Test
  void oneCheckOfOneModelRunsAgainByItsId() throws IOException {
    DiscoverySelector all = suite("model: models\ninclude: twofold\n");
    TestDescriptor one =
        Engine.discover(all).getEngineDescriptor().getDescendants().stream()
            .filter(node -> node.getLegacyReportingName().equals("s: deep/a.onnx > loads a.onnx"))
            .findFirst()
            .orElseThrow();
    assertThat(names(selectUniqueId(one.getUniqueId())))
        .containsExactly("s: deep/a.onnx > loads a.onnx");
  }

  @Test
  void oneModelThatIsBrokenStopsNoOther() throws IOException {
    DiscoverySelector all = suite("model: models\ninclude: twofold\n");
    Files.writeString(folder.resolve("models/c.onnx"), "no model");
    Engine.kit(all)
        .execute()
        .testEvents()
        .assertStatistics(events -> events.started(6).finished(6).failed(1));
  }

  @Test
  void mistakesAreToldWithTheNearestName() throws IOException {
    assertThat(mistakes(suite("model: models\ninclude: twofould\n")))
        .singleElement()
        .asString()
        .contains("unknown ready suite 'twofould'", "did you mean 'twofold'?");
    assertThat(mistakes(suite("model: models/*.ort\ninclude: twofold\n")))
        .singleElement()
        .asString()
        .contains("is about the models of 'models/*.ort', and there are none below");
    assertThat(mistakes(suite("model: models/{a\ninclude: twofold\n")))
        .singleElement()
        .asString()
        .contains("'{a' is no glob pattern");
    assertThat(mistakes(suite("model: models\ninclude: []\n")))
        .singleElement()
        .asString()
        .contains("'include' is empty");
    assertThat(mistakes(selectClass(MisspeltTest.class)))
        .singleElement()
        .asString()
        .contains("unknown ready suite 'twofol'", "did you mean 'twofold'?", "MisspeltTest");
  }

  @Test
  void aClassIncludesThem() {
    assertThat(names(selectClass(BothTest.class)))
        .containsExactly("measures well", "loads negation.onnx", "mine");
    assertThat(names(selectClass(ManyTest.class)))
        .contains("absolute.onnx > measures well", "negation.onnx > loads negation.onnx");
    Engine.kit(selectClass(ManyTest.class))
        .execute()
        .testEvents()
        .assertStatistics(events -> events.succeeded(4));
  }

  @Test
  void theModelIsNamedFromOutside() throws IOException {
    suite("");
    DiscoverySelector none = selectClass(BothTest.class);
    Engine.kit(none)
        .configurationParameter("modelvitals.model", folder.resolve("models").toString())
        .execute()
        .testEvents()
        .assertStatistics(events -> events.succeeded(6));
    assertThat(Records.last().suites())
        .extracting(SuiteRecord::name)
        .containsExactly("Both: b.onnx", "Both: deep/a.onnx");
  }

  @HealthSuite(model = Suites.NEGATION, include = "twofold")
  static class BothTest {
    @Check static final ProbeSpec mine = Scripted.scripted("measures");

    private BothTest() {}
  }

  @HealthSuite(model = "target/engine-tests/{negation,absolute}.onnx", include = "twofold")
  static class ManyTest {
    private ManyTest() {}
  }

  @HealthSuite(model = Suites.NEGATION, include = "twofol")
  static class MisspeltTest {
    private MisspeltTest() {}
  }
}
