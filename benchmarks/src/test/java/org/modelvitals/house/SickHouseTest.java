package org.modelvitals.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Shows that each rule of the house can fail, and names the one who broke it. */
class SickHouseTest {
  private static final Map<String, String> BREAKER =
      Map.ofEntries(
          Map.entry("the framework knows no probe and no report", "KnowsProbe"),
          Map.entry("probes know neither the engine nor records nor reports", "KnowsEngine"),
          Map.entry("reports know run records and what these are made of", "KnowsTooMuch"),
          Map.entry("only model uses ONNX Runtime", "UsesEverything"),
          Map.entry("only model reads ONNX graphs", "UsesEverything"),
          Map.entry("only language uses DJL", "UsesEverything"),
          Map.entry(
              "only engine implements the JUnit Platform, and only runner calls it",
              "UsesEverything"),
          Map.entry("no package of a module knows itself through others", "KnowsProbe"),
          Map.entry("every package is null-marked", "Unmarked"),
          Map.entry("what is public is used from another package", "KnowsTooMuch"),
          Map.entry("nobody logs through java.util.logging", "UsesEverything"),
          Map.entry("nobody prints but the printers", "UsesEverything"),
          Map.entry("nobody ends the JVM but the command", "UsesEverything"),
          Map.entry("no test sleeps", "UsesEverything"));

  @TestFactory
  Stream<DynamicTest> every_rule_finds_its_breaker() {
    JavaClasses sick = House.sickHouse();
    Map<String, ArchRule> rules =
        new LinkedHashMap<>(new HouseRules("org.modelvitals.house.sick").ofMainCode());
    rules.putAll(HouseRules.ofTests());
    assertThat(BREAKER).containsOnlyKeys(rules.keySet());
    return rules.entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () ->
                        assertThat(rule.getValue().evaluate(sick).getFailureReport().getDetails())
                            .isNotEmpty()
                            .allMatch(line -> line.contains(breaker(rule.getKey())))));
  }

  private static String breaker(String rule) {
    return BREAKER.getOrDefault(rule, "?");
  }
}
