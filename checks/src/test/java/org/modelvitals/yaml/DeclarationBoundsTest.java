package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.probe.ProbeRegistry;

/** What a declaration cannot mean is told where it stands, before anything runs. */
class DeclarationBoundsTest {
  private static final ProbeRegistry REGISTRY = AnySuites.registry();
  private static final Schema SCHEMA = SuiteSchemas.schema(SuiteSchema.of(REGISTRY));

  private static String suite(String top, String check) {
    return "model: m.onnx\n%s\nchecks:\n  a:\n    %s\n"
        .formatted(top.isEmpty() ? "name: n" : top, check);
  }

  private static void assertTold(String yaml, int line, String sentence) {
    assertThat(SuiteYaml.read(Path.of("a.vitals.yaml"), yaml, REGISTRY).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains(sentence);
              assertThat(problem.line()).isEqualTo(line);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "latency: {calls: -5} | calls must be at least 1, not -5 | true",
        "latency: {seconds: -3} | seconds must be more than 0 | true",
        "latency: {warmup-calls: -1} | less than no warm-up | true",
        "latency: {scenario: server} | 'server' needs a 'rate' | false",
        "latency: {samples: 4} | 'samples' is for the scenario 'multi-stream' | false",
        "latency: {scenario: server, rate: 3 ms} | rate is '3 ms' | false",
        "latency: {confidence: 100 %} | confidence is '100 %' | false",
        "latency: {covers: 3 MiB} | covers is '3 MiB'; write for instance '32 ms' | false",
        "latency: {interference: 110 %} | interference is '110 %' | false",
        "throughput: {batches: [0]} | batches must be at least 1, not 0 | true",
        "cold-start: {repeats: 0} | repeats must be at least 1, not 0 | true",
        "latency-ratio: {against: ' '} | against is empty | false",
        "memory: {calls: 0} | calls must be at least 1 | true",
        "latency: {data: {file: a.csv, batch: 0}} | batch must be at least 1, not 0 | true",
        "latency: {data: {file: a.csv, limit: 0}} | limit must be at least 1, not 0 | true",
        "latency: {data: {file: a.wav, window: 0}} | window must be at least 1 | true",
        "latency: {data: {file: a.wav, context: -1}} | context must be at least 0 | true",
        "latency: {data: {file: a.csv, delimiter: ';;'}} | delimiter must be a single | false",
        "classification: {data: a.csv, top: [0]} | top must be at least 1, not 0 | true",
        "classification: {data: a.csv, top: 0} | top must be at least 1, not 0 | true",
        "next-token: {} | needs either 'text', one text, or 'data' | false",
        "next-token: {text: a, data: b.jsonl} | and not both | false",
        "next-token: {text: a, top: 0} | top must be at least 1 | true",
        "next-token: {text: a, truth: {b: 2.0}} | 'b' is 2.0; expected 0 to 1 | false",
        "next-token: {text: a, truth: {b: -0.5}} | 'b' is -0.5; expected 0 to 1 | true",
        "perplexity: {} | there must be either 'texts', a list of texts, or 'data' | false",
        "perplexity: {texts: a, data: b.txt} | and not both | false",
        "perplexity: {texts: a, max-length: 4, stride: 5} | stride must be at most | false",
        "perplexity: {texts: a, stride: 0} | stride must be at least 1, not 0 | true",
        "cloze: {texts: a, batch: 0} | batch must be at least 1, not 0 | true",
        "cloze: {texts: a, target: b} | target is a column of 'data' | false",
        "multiple-choice: {data: a.csv, context: '{{a + b}}'} | '{{a + b}}' is no column | false",
        "multiple-choice: {data: a.csv, choices: []} | choices must name a column | false",
        "distribution: {texts: a, floor: -1} | floor must be at least 0, not -1.0 | true",
        "distribution: {texts: a, truth: b} | truth is a column of 'data' | false",
        "{latency: {}, expect: {p50: []}} | list of conditions on 'p50' is empty | true",
        "{latency: {}, expect: {p50: 3 ms +- -1 ms}} | is negative | false",
        "{artifact: {}, tags: [a b]} | 'a b' is no tag | true",
        "{artifact: {}, tags: 'a,b'} | 'a,b' is no tag | true",
      })
  void of_a_check(String check, String sentence, boolean schemaTells) {
    String yaml = suite("", check);
    assertTold(yaml, 5, sentence);
    assertThat(SuiteSchemas.errors(SCHEMA, yaml).isEmpty()).isNotEqualTo(schemaTells);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "session: {threads: -1} | threads must be at least 1, not -1 | true",
        "session: {threads: 0} | threads must be at least 1, not 0 | true",
        "session: {threads: 99999999999} | at most 2147483647 | false",
        "session: {inter-op-threads: -7} | inter-op-threads must be at least 1, not -7 | true",
        "session: {dimensions: {batch: 0}} | dimensions: batch must be at least 1, not 0 | true",
        "device: {name: cpu, index: -1} | index must be at least 0, not -1 | true",
        "device: {name: cpu, index: 3} | index must be 0 for cpu, not 3 | false",
        "device: {name: cpu, options: {nonsense: 1}} | options are for other devices | false",
        "tags: [fast, a b] | 'a b' is no tag | true",
      })
  void of_a_suite(String top, String sentence, boolean schemaTells) {
    String yaml = suite(top, "artifact: {}");
    assertTold(yaml, 2, sentence);
    assertThat(SuiteSchemas.errors(SCHEMA, yaml).isEmpty()).isNotEqualTo(schemaTells);
  }

  @Test
  void a_bad_tag_is_told_beside_other_mistakes() {
    assertThat(
            SuiteYaml.read(
                    Path.of("a.vitals.yaml"),
                    suite("", "{latency: {calls: 0}, tags: [a b]}"),
                    REGISTRY)
                .problems())
        .hasSize(2);
  }

  @Test
  void a_blank_model_and_a_blank_check() {
    assertTold("model: ''\nchecks:\n  a:\n    artifact: {}\n", 1, "'model' is blank");
    String yaml = "model: m\nchecks:\n  ' ':\n    artifact: {}\n";
    assertTold(yaml, 3, "a check has no name");
    assertThat(SuiteSchemas.errors(SCHEMA, yaml)).isNotEmpty();
  }
}
