package org.modelvitals.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every suite in YAML that this repository shows: files, and blocks of the documentation. */
public final class YamlExamples {
  /** The engine's own tests have probes of their own, and suites with mistakes. */
  private static final Path FIXTURES = Repository.root().resolve("framework/src/test");

  private YamlExamples() {}

  /**
   * A suite.
   *
   * @param where file and line, for people
   */
  public record Example(String where, String yaml) {}

  public static List<Example> all() {
    Stream<Example> files =
        Repository.files(Repository.root(), ".vitals.yaml").stream()
            .filter(file -> !file.startsWith(FIXTURES))
            .map(
                file ->
                    new Example(
                        Repository.root().relativize(file).toString(), Repository.read(file)));
    Stream<Example> blocks =
        Markdown.pages().stream()
            .flatMap(page -> page.blocks().stream())
            .filter(Markdown.Block::isYamlSuite)
            .map(block -> new Example(block.where(), block.text()));
    return Stream.concat(files, blocks).toList();
  }
}
