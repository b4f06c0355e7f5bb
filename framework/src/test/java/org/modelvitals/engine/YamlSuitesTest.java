package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathResource;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUri;

import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.modelvitals.record.SuiteRecord;

/** YAML suites, found by every selector that can mean a file, and by classes that name them. */
class YamlSuitesTest extends EngineFixture {
  private static final Path FOLDER = Suites.FIRST.resolveSibling("");

  @Test
  void byFileAndFolder() {
    assertThat(found(selectFile(Suites.FIRST.toFile())))
        .containsExactly("first > measures well", "first > measures badly");
    assertThat(found(selectDirectory(FOLDER.toFile())))
        .containsExactly(
            "second > measures well", "first > measures well", "first > measures badly");
    assertThat(found(selectFile("pom.xml"), selectDirectory("src/main"))).isEmpty();
  }

  @Test
  void byLine() {
    assertThat(found(at(8))).containsExactly("first > measures badly");
    assertThat(found(at(5))).containsExactly("first > measures well");
    assertThat(found(at(1))).hasSize(2);
  }

  private static DiscoverySelector at(int line) {
    return selectFile(Suites.FIRST.toFile(), FilePosition.from(line));
  }

  @Test
  void byUri() {
    URI file = Suites.FIRST.toUri();
    assertThat(found(selectUri(file))).hasSize(2);
    assertThat(found(selectUri(file + "?line=7"))).containsExactly("first > measures badly");
    assertThat(found(selectUri(FOLDER.toUri()))).hasSize(3);
    assertThat(found(selectUri("classpath:/engine/on-class-path.vitals.yaml")))
        .containsExactly("on the class path > loads");
    assertThat(found(selectUri("https://example.org/x.vitals.yaml"))).isEmpty();
  }

  @Test
  void byResourceAndPackage() {
    assertThat(found(selectClasspathResource("engine/on-class-path.vitals.yaml")))
        .containsExactly("on the class path > loads");
    assertThat(found(selectPackage("engine"))).containsExactly("on the class path > loads");
    assertThat(found(selectClasspathResource("engine/none.vitals.yaml"))).isEmpty();
  }

  @Test
  void byUniqueId() {
    String suite =
        "[engine:model-vitals]/[file:target%2Fengine-tests%2Fsuites%2Ffirst.vitals.yaml]";
    TestDescriptor node =
        Engine.discover(selectFile(Suites.FIRST.toFile()))
            .getEngineDescriptor()
            .getChildren()
            .iterator()
            .next();
    assertThat(node.getUniqueId().toString()).isEqualTo(suite);
    assertThat(found(selectUniqueId(suite))).hasSize(2);
    assertThat(found(selectUniqueId(suite + "/[check:measures badly]")))
        .containsExactly("first > measures badly");
  }

  @Test
  void byTheClassThatNamesThem() {
    TestDescriptor engine =
        Engine.discover(selectClass(Suites.NamesFilesTest.class)).getEngineDescriptor();
    assertThat(names(engine))
        .containsExactly(
            "second > measures well",
            "first > measures well",
            "first > measures badly",
            "on the class path > loads");
    List<TestDescriptor> checks =
        engine.getDescendants().stream()
            .filter(TestDescriptor::isTest)
            .map(d -> (TestDescriptor) d)
            .toList();
    // Each check alone, as a rerun asks for it.
    for (TestDescriptor check : checks) {
      assertThat(found(selectUniqueId(check.getUniqueId())))
          .containsExactly(check.getLegacyReportingName());
    }
    assertThat(found(selectClass(Suites.BothTest.class)))
        .containsExactly("own", "second > measures well");
  }

  @Test
  void sourcesNameFileAndLine() {
    assertThat(Engine.discover(at(8)).getEngineDescriptor().getDescendants())
        .extracting(node -> node.getSource().orElseThrow())
        .extracting(
            source -> ((FileSource) source).getFile().getName(),
            source -> ((FileSource) source).getPosition().orElseThrow().getLine())
        .containsExactly(tuple("first.vitals.yaml", 1), tuple("first.vitals.yaml", 7));
  }

  @Test
  void runsWithPathsRelativeToTheFile() {
    Engine.run(selectDirectory(FOLDER.toFile()))
        .testEvents()
        .assertStatistics(stats -> stats.started(3).succeeded(2).failed(1));

    assertThat(Records.last().suites())
        .extracting(SuiteRecord::name, SuiteRecord::source)
        .containsExactly(
            tuple("second", "target/engine-tests/suites/deeper/second.vitals.yaml"),
            tuple("first", "target/engine-tests/suites/first.vitals.yaml"));
    assertThat(Records.check("measures badly").parameters()).containsEntry("script", "measures");
  }

  @Test
  void mistakesNameFileAndLineAllAtOnce(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mistaken.vitals.yaml"),
            """
            model: model.onnx
            checks:
              one:
                scriptde: {script: measures}
              two:
                scripted: {script: measures}
                expect: {valeu: ">= 80 %"}
              three:
                scripted: {script: measures}
            """);
    var results = Engine.discover(selectFile(file.toFile()));

    assertThat(results.getDiscoveryIssues())
        .allSatisfy(
            issue -> {
              assertThat(issue.severity()).isEqualTo(DiscoveryIssue.Severity.ERROR);
              assertThat(issue.message()).contains("mistaken.vitals.yaml:");
            })
        .extracting(
            issue ->
                ((FileSource) issue.source().orElseThrow()).getPosition().orElseThrow().getLine())
        .containsExactly(4, 7);
    assertThat(results.getDiscoveryIssues().get(0).message())
        .contains("'scriptde'")
        .contains("did you mean 'scripted'?");
    assertThat(results.getDiscoveryIssues().get(1).message())
        .contains("'valeu'")
        .contains("did you mean 'value'?");
  }

  @Test
  void aSuiteInsideAJarFindsItsModelThere(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("suites.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("acme/suites/packed.vitals.yaml"));
      entries.write(
          """
          model: ../models/negation.onnx
          checks:
            loads:
              scripted: {script: loads}
          """
              .getBytes(StandardCharsets.UTF_8));
      entries.putNextEntry(new JarEntry("acme/models/negation.onnx"));
      Files.copy(Path.of(Suites.NEGATION), entries);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Engine.run(selectClasspathResource("acme/suites/packed.vitals.yaml"))
          .testEvents()
          .assertStatistics(stats -> stats.started(1).succeeded(1));
      assertThat(
              found(
                  selectUniqueId(
                      "[engine:model-vitals]/[resource:acme%2Fsuites%2Fpacked.vitals.yaml]/[check:loads]")))
          .containsExactly("packed > loads");
      Engine.run(selectClass(MistakenSuites.NamesPackedTest.class))
          .testEvents()
          .assertStatistics(stats -> stats.started(1).succeeded(1));
      assertThat(
              Engine.discover(selectClass(MistakenSuites.NamesPackedTest.class))
                  .getEngineDescriptor()
                  .getDescendants())
          .extracting(node -> node.getUniqueId().toString())
          .contains(
              "[engine:model-vitals]/[class:%s]/[resource:acme%%2Fsuites%%2Fpacked.vitals.yaml]/[check:loads]"
                  .formatted(MistakenSuites.NamesPackedTest.class.getName()));
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(Records.TAKEN)
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.suites().get(0).source())
                    .isEqualTo("classpath:acme/suites/packed.vitals.yaml"));
  }

  private static List<String> found(DiscoverySelector... selectors) {
    return names(Engine.discover(selectors).getEngineDescriptor());
  }

  /** The names that tools show which forget the suite. */
  private static List<String> names(TestDescriptor engine) {
    return engine.getDescendants().stream()
        .filter(TestDescriptor::isTest)
        .map(TestDescriptor::getLegacyReportingName)
        .toList();
  }
}
