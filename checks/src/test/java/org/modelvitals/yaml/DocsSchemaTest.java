package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.docs.Repository;
import org.modelvitals.docs.YamlExamples;
import org.modelvitals.probe.ProbeRegistry;

/** The JSON Schema of suites: current, right for every example, and wrong for every mistake. */
class DocsSchemaTest {
  private static final ProbeRegistry REGISTRY = AnySuites.registry();
  private static final String GENERATED = SuiteSchema.of(REGISTRY);
  private static final Schema SCHEMA = SuiteSchemas.schema(GENERATED);

  @Test
  void shipped_and_published_schemas_are_current() {
    Path root = Repository.root();
    Repository.assertCurrent(root.resolve("docs/suite.schema.json"), GENERATED);
    Repository.assertCurrent(
        root.resolve("checks/src/main/resources/org/modelvitals/suite.schema.json"), GENERATED);
  }

  @TestFactory
  Stream<DynamicTest> every_example_is_valid() {
    return YamlExamples.all().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.where(),
                    () -> {
                      assertThat(SuiteSchemas.errors(SCHEMA, example.yaml())).isEmpty();
                      assertThat(
                              SuiteYaml.read(Path.of(example.where()), example.yaml(), REGISTRY)
                                  .problems())
                          .isEmpty();
                    }));
  }

  @Test
  void a_whole_suite_is_valid() {
    assertThat(
            SuiteSchemas.errors(
                SCHEMA,
                """
                model: m.onnx
                device: {name: cuda, index: 1, required: true}
                session: {threads: 2, dimensions: {batch: 1}}
                tags: nightly
                checks:
                  a:
                    classification: {data: rows.csv, label: 3, top: 3}
                    expect: {accuracy: [surely >= 97 %, 0.98 +- 1 %], 'recall[7]': 1}
                    tags: [a, b]
                  b:
                    latency:
                    expect: {p99: <= 3 ms, max: between 1 us and 1 s, min: '> 0'}
                  c:
                    artifact: {}
                    expect: {opset: 17, producer: pytorch, 'input[x]': 'is float32[1]'}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checks: {a: {artifact: {}}}",
        "model: m",
        "model: m\nchecks: {}",
        "model: m\nchecks: [a]",
        "modle: m\nmodel: m\nchecks: {a: {artifact: {}}}",
        "model: [m]\nchecks: {a: {artifact: {}}}",
        "model: m\ndevice: gpu\nchecks: {a: {artifact: {}}}",
        "model: m\ndevice: {name: cpu, idx: 1}\nchecks: {a: {artifact: {}}}",
        "model: m\nsession: {threads: two}\nchecks: {a: {artifact: {}}}",
        "model: m\nsession: {optimization: most}\nchecks: {a: {artifact: {}}}",
        "model: m\nchecks: {a: {}}",
        "model: m\nchecks: {a: {artefact: {}}}",
        "model: m\nchecks: {a: {artifact: {}, latency: {}}}",
        "model: m\nchecks: {a: {artifact: {}, expcet: {opset: 17}}}",
        "model: m\nchecks: {a: {artifact: {deep: true}}}",
        "model: m\nchecks: {a: {classification: {}}}",
        "model: m\nchecks: {a: {classification: }}",
        "model: m\nchecks: {a: {classification: {data: x, lable: y}}}",
        "model: m\nchecks: {a: {classification: {data: x, kind: guesses}}}",
        "model: m\nchecks: {a: {classification: {data: x, top: [three]}}}",
        "model: m\nchecks: {a: {classification: {data: {file: x, batch: many}}}}",
        "model: m\nchecks: {a: {classification: {data: {file: x, inputs: {a: {cosine: 1}}}}}}",
        "model: m\nchecks: {a: {classification: {data: x}, expect: {acuracy: 1}}}",
        "model: m\nchecks: {a: {classification: {data: x}, expect: {accuracy: good}}}",
        "model: m\nchecks: {a: {classification: {data: x}, expect: {accuracy: '>= 97 ms'}}}",
        "model: m\nchecks: {a: {classification: {data: x}, expect: {'rows[7]': 1}}}",
        "model: m\nchecks: {a: {classification: {data: x}, expect: {top-k accuracy: 1}}}",
        "model: m\nchecks: {a: {latency: {}, expect: {p99: 3}}}",
        "model: m\nchecks: {a: {latency: {}, expect: {p99: is fast}}}",
        "model: m\nchecks: {a: {latency: {}, expect: {p99: []}}}",
        "model: m\nchecks: {a: {artifact: {}, expect: {producer: '>= 3'}}}",
        "model: m\nchecks: {a: {artifact: {}, expect: {size: surely = 3 MiB}}}",
        "model: m\nchecks: {a: {artifact: {}, tags: {a: b}}}",
      })
  void each_class_of_mistake_is_rejected_as_the_reader_rejects_it(String yaml) {
    assertThat(SuiteSchemas.errors(SCHEMA, yaml)).as("schema").isNotEmpty();
    assertThat(SuiteYaml.read(Path.of("a.vitals.yaml"), yaml, REGISTRY).problems())
        .as("reader")
        .isNotEmpty();
  }
}
