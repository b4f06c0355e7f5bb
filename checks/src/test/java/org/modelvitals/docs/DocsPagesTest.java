package org.modelvitals.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.yaml.ProbeTables;

/** Every probe has a page, and the tables on every page are what the code says. */
class DocsPagesTest {
  private static final Pattern GENERATED =
      Pattern.compile(
          "(<!-- generated: (parameters|measurements|fields|variants)(?: (\\S+))? -->\n)"
              + "(.*?)(<!-- end -->)",
          Pattern.DOTALL);
  private static final ProbeRegistry REGISTRY =
      ProbeRegistry.load(DocsPagesTest.class.getClassLoader());

  @TestFactory
  Stream<DynamicTest> every_probe_has_a_page_with_its_tables() {
    return REGISTRY.types().stream()
        .map(
            probe ->
                DynamicTest.dynamicTest(
                    probe.keyword(),
                    () -> {
                      Path page = page(probe);
                      assertThat(Files.exists(page)).as("there is %s", page).isTrue();
                      assertThat(Repository.read(page))
                          .contains(
                              "<!-- generated: parameters -->", "<!-- generated: measurements -->");
                      assertThat(Markdown.of(page).blocks())
                          .as("examples in both forms")
                          .anyMatch(Markdown.Block::isYamlSuite)
                          .anyMatch(Markdown.Block::isJavaSuite);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> every_table_is_current() {
    return Markdown.pages().stream()
        .filter(page -> GENERATED.matcher(page.text()).find())
        .map(
            page ->
                DynamicTest.dynamicTest(
                    String.valueOf(page.file().getFileName()),
                    () -> Repository.assertCurrent(page.file(), filled(page))));
  }

  private static Path page(ProbeType<?> probe) {
    return Repository.root().resolve("docs/probes").resolve(probe.keyword() + ".md");
  }

  private static String filled(Markdown page) {
    String keyword = String.valueOf(page.file().getFileName()).replace(".md", "");
    return GENERATED
        .matcher(page.text())
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1)
                        + "\n"
                        + table(match.group(2), match.group(3), keyword)
                        + "\n"
                        + match.group(5)));
  }

  private static String table(String kind, String type, String keyword) {
    return switch (kind) {
      case "parameters" -> ProbeTables.parameters(probe(keyword));
      case "measurements" -> ProbeTables.measurements(probe(keyword));
      case "fields" -> ProbeTables.fields(type(type));
      default -> ProbeTables.variants(type(type));
    };
  }

  private static ProbeType<?> probe(String keyword) {
    return REGISTRY.byKeyword(keyword).orElseThrow();
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no type " + name, e);
    }
  }
}
