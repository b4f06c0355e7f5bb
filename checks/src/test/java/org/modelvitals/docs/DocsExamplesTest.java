package org.modelvitals.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.SuiteClass;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.yaml.SuiteProblems;
import org.modelvitals.yaml.SuiteYaml;

/**
 * Every suite that the documentation shows is read: Java is compiled, both forms under one heading
 * are one suite, and each goes to YAML and back.
 */
class DocsExamplesTest {
  private static final ProbeRegistry REGISTRY =
      ProbeRegistry.load(DocsExamplesTest.class.getClassLoader());
  private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

  /** What an editor adds by itself, for examples that are shown without imports. */
  private static final String IMPORTS =
      """
      import static org.modelvitals.checks.budget.Budget.*;
      import static org.modelvitals.checks.quality.Classification.*;
      import static org.modelvitals.data.DataSpec.*;
      import static org.modelvitals.unit.Quantity.*;
      import org.modelvitals.suite.*;
      """;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> suites_of_the_documentation() {
    return Markdown.pages().stream()
        .flatMap(
            page ->
                page.blocks().stream()
                    .filter(block -> block.isYamlSuite() || block.isJavaSuite())
                    .collect(Collectors.groupingBy(Markdown.Block::heading))
                    .values()
                    .stream())
        .map(
            blocks -> DynamicTest.dynamicTest(blocks.get(0).where(), () -> assertOneSuite(blocks)));
  }

  private void assertOneSuite(List<Markdown.Block> blocks) throws Exception {
    List<SuiteSpec> yaml = new ArrayList<>();
    List<SuiteSpec> java = new ArrayList<>();
    for (Markdown.Block block : blocks) {
      (block.isYamlSuite() ? yaml(block) : java(block))
          .map(suite -> named("a", suite))
          .ifPresent(block.isYamlSuite() ? yaml::add : java::add);
    }
    if (yaml.size() == 1 && java.size() == 1) {
      assertThat(java.get(0)).isEqualTo(yaml.get(0));
    }
    for (SuiteSpec suite : Stream.concat(yaml.stream(), java.stream()).toList()) {
      String written = SuiteYaml.write(suite, REGISTRY);
      assertThat(read(written)).as(written).contains(suite);
    }
  }

  private static Optional<SuiteSpec> read(String yaml) {
    return SuiteYaml.read(Path.of("a.vitals.yaml"), yaml, REGISTRY).suite();
  }

  private static Optional<SuiteSpec> yaml(Markdown.Block block) {
    SuiteYaml.Result result = SuiteYaml.read(Path.of(block.where()), block.text(), REGISTRY);
    assertThat(result.problems()).isEmpty();
    return result.suite();
  }

  private Optional<SuiteSpec> java(Markdown.Block block) throws Exception {
    SuiteClass.Declaration declaration = SuiteClass.read(compiled(block));
    assertThat(declaration.problems()).as(block.where()).isEmpty();
    declaration
        .suite()
        .ifPresent(
            suite -> assertThat(SuiteProblems.of(suite, REGISTRY)).as(block.where()).isEmpty());
    return declaration.suite();
  }

  private Class<?> compiled(Markdown.Block block) throws IOException, ClassNotFoundException {
    Matcher name = CLASS.matcher(block.text());
    assertThat(name.find()).as("a class at %s", block.where()).isTrue();
    Path home = Files.createTempDirectory(folder, "suite");
    String code = block.text().contains("import ") ? block.text() : IMPORTS + block.text();
    Path source = Files.writeString(home.resolve(name.group(1) + ".java"), code);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(messages, Locale.ROOT, null)) {
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      compiler
          .getTask(
              null,
              files,
              messages,
              List.of("-d", home.toString(), "-classpath", classPath, "-proc:none"),
              null,
              files.getJavaFileObjects(source))
          .call();
    }
    assertThat(messages.getDiagnostics())
        .filteredOn(message -> message.getKind() == Diagnostic.Kind.ERROR)
        .as(block.where())
        .isEmpty();
    Matcher in = PACKAGE.matcher(block.text());
    // Left open: the class is initialised after this returns.
    @SuppressWarnings("resource")
    URLClassLoader loader =
        new URLClassLoader(new URL[] {home.toUri().toURL()}, getClass().getClassLoader());
    return loader.loadClass((in.find() ? in.group(1) + "." : "") + name.group(1));
  }

  private static SuiteSpec named(String name, SuiteSpec suite) {
    return new SuiteSpec(
        name,
        suite.model(),
        suite.device(),
        suite.session(),
        suite.tags(),
        suite.containment(),
        suite.include(),
        suite.checks(),
        suite.baseline());
  }
}
