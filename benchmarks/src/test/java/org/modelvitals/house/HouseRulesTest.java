package org.modelvitals.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the modules against the rules of the house. */
class HouseRulesTest {
  private static final int LONGEST_FILE = 400;

  /** Known to be too long; the list may only shrink. */
  @TestFactory
  Stream<DynamicTest> main_code_keeps_the_rules() {
    JavaClasses classes = House.mainCode();
    for (String module : House.MAIN) {
      assertThat(classes)
          .as("classes of " + module)
          .anyMatch(
              type ->
                  type.getSource()
                      .filter(source -> source.getUri().getPath().contains("/" + module + "/"))
                      .isPresent());
    }
    return each(new HouseRules("org.modelvitals").ofMainCode(), classes);
  }

  @TestFactory
  Stream<DynamicTest> tests_keep_the_rules() {
    return each(HouseRules.ofTests(), House.tests());
  }

  private static Stream<DynamicTest> each(Map<String, ArchRule> rules, JavaClasses classes) {
    return rules.entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(classes)));
  }

  @Test
  void every_package_says_what_it_is() throws IOException {
    List<Path> silent = new ArrayList<>();
    for (Path file : House.sources()) {
      if (file.endsWith("package-info.java") && !Files.readString(file).startsWith("/**")) {
        silent.add(House.ROOT.relativize(file));
      }
    }
    assertThat(silent).as("package-info.java without a comment").isEmpty();
  }

  @Test
  void every_file_can_be_held_in_the_head() throws IOException {
    List<String> longFiles = new ArrayList<>();
    for (Path file : House.mainSources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) {
        longFiles.add("%s has %d lines".formatted(House.ROOT.relativize(file), lines));
      }
    }
    assertThat(longFiles).as("files over %d lines", LONGEST_FILE).isEmpty();
  }
}
