package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.SuiteSpec;

/** Whatever can be said in Java with the probes that come along can be said in YAML. */
class SuiteRoundTripTest {
  private static final ProbeRegistry REGISTRY = AnySuites.registry();
  private static final Schema SCHEMA = SuiteSchemas.schema(SuiteSchema.of(REGISTRY));

  @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
  void every_suite_comes_back_from_yaml(@ForAll("suites") SuiteSpec suite) {
    String yaml = SuiteYaml.write(suite, REGISTRY);
    SuiteYaml.Result read = SuiteYaml.read(Path.of("a.vitals.yaml"), yaml, REGISTRY);
    assertThat(read.problems()).as(yaml).isEmpty();
    assertThat(read.suite()).as(yaml).contains(suite);
    assertThat(SuiteProblems.of(suite, REGISTRY)).isEmpty();
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void every_suite_is_valid_by_the_schema(@ForAll("suites") SuiteSpec suite) {
    String yaml = SuiteYaml.write(suite, REGISTRY);
    Assume.that(!yaml.contains(".inf")); // JSON has no infinity
    assertThat(SuiteSchemas.errors(SCHEMA, yaml)).as(yaml).isEmpty();
  }

  @Provide
  Arbitrary<SuiteSpec> suites() {
    return AnySuites.of(REGISTRY);
  }
}
