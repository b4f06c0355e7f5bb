package org.modelvitals.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation with its blocks of code. */
record Markdown(Path file, String text, List<Block> blocks) {
  private static final Pattern MODEL = Pattern.compile("^model:", Pattern.MULTILINE);

  /**
   * A fenced block of code.
   *
   * @param heading the heading of the first or second level above it
   */
  record Block(String where, String heading, String language, String text) {
    boolean isYamlSuite() {
      return language.equals("yaml") && MODEL.matcher(text).find();
    }

    boolean isJavaSuite() {
      return language.equals("java") && text.contains("@HealthSuite");
    }
  }

  /** The README and everything below {@code docs}. */
  static List<Markdown> pages() {
    Path root = Repository.root();
    return Stream.concat(
            Repository.files(root.resolve("docs"), ".md").stream(),
            Stream.of(root.resolve("README.md")).filter(Files::exists))
        .map(Markdown::of)
        .toList();
  }

  static Markdown of(Path file) {
    String text = Repository.read(file);
    List<Block> blocks = new ArrayList<>();
    String heading = "";
    boolean inside = false;
    String language = "";
    StringBuilder block = new StringBuilder();
    int number = 0;
    int start = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.startsWith("```")) {
        if (!inside) {
          language = line.substring(3).strip();
          start = number + 1;
        } else {
          String where = Repository.root().relativize(file) + ":" + start;
          blocks.add(new Block(where, heading, language, block.toString()));
          block.setLength(0);
        }
        inside = !inside;
      } else if (inside) {
        block.append(line).append('\n');
      } else if (line.startsWith("# ") || line.startsWith("## ")) {
        heading = line;
      }
    }
    return new Markdown(file, text, blocks);
  }
}
