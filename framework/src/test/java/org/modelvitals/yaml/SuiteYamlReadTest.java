package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.mebibytes;
import static org.modelvitals.unit.Quantity.millis;
import static org.modelvitals.unit.Quantity.percent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.unit.Quantity;
import org.modelvitals.yaml.SampleProbe.Part;
import org.modelvitals.yaml.SampleProbe.PlainProbe;
import org.modelvitals.yaml.SampleProbe.Sample;
import org.modelvitals.yaml.SampleProbe.Scenario;
import org.modelvitals.yaml.SampleProbe.Transform;

class SuiteYamlReadTest {

  /**
   * The parser reads in pieces of 1,025 characters, and 3.0.1 broke where a pair was cut in two.
   */
  @Test
  void characters_of_two_units_may_stand_anywhere() {
    for (int length = 900; length < 2200; length++) {
      String name = "x".repeat(length) + "\uD83E\uDE7A";
      assertThat(
              read("name: %s\nmodel: a.onnx\nchecks: {plain: {plain: }}\n".formatted(name)).name())
          .isEqualTo(name);
    }
  }

  @Test
  void whole_suite() {
    SuiteSpec suite =
        read(
            """
            # yaml-language-server: $schema=suite.schema.json
            name: digits in the wild
            model: models/digits.onnx
            device: {name: cuda, index: 1, required: true, options: {gpu_mem_limit: 1000}}
            session:
              threads: 2
              inter-op-threads: 3
              optimization: none
              dimensions: {batch: 4}
              config: {session.use_env_allocators: 1}
            tags: [slow, nightly]
            checks:
              reads digits:
                sample: {data: digits.csv}
                expect:
                  accuracy: ">= 97 %"
                  recall[7]: ['> 95 %', surely <= 1]
                  p99: <= 3 ms
                  peak: <= 64 MiB
                tags: gpu
              plain:
                plain:
            """);

    assertThat(suite)
        .isEqualTo(
            new SuiteSpec(
                "digits in the wild",
                "models/digits.onnx",
                new DeviceSpec(Device.CUDA, 1, true, Map.of("gpu_mem_limit", "1000")),
                new SessionSpec(
                    2,
                    3,
                    SessionSpec.Optimization.NONE,
                    SessionSpec.Execution.SEQUENTIAL,
                    false,
                    Map.of("batch", 4L),
                    Map.of("session.use_env_allocators", "1")),
                Set.of("slow", "nightly"),
                List.of(
                    new CheckSpec(
                        "reads digits",
                        Sample.of(DataSpec.file("digits.csv"))
                            .expect(measured("accuracy").isAtLeast(percent(97)))
                            .expect(measured("recall", "7").isMoreThan(percent(95)))
                            .expect(measured("recall", "7").isSurelyAtMost(Quantity.number(1)))
                            .expect(measured("p99").isAtMost(millis(3)))
                            .expect(measured("peak").isAtMost(mebibytes(64)))
                            .tagged("gpu")),
                    new CheckSpec("plain", new PlainProbe.Plain().check()))));
  }

  @Test
  void every_shape_of_parameter() {
    assertThat(
            sample(
                """
                data:
                  file: rows.csv
                  inputs:
                    a: [width, height]
                    b: pixels
                    c: {sine: {hz: 440}}
                    d: {constant: 16000}
                    e: {ramp: [1, 3]}
                positive-class: 7
                warmup-calls: 0
                limit: 10000000000
                seconds: 1e-3
                strict: true
                scenario: server
                top: 3
                parts: [left, {name: right, weight: .inf}]
                truth: {"no": 0.25, 3: 1}
                transform: {then-all: {steps: [{scale: 2}, {nothing: {}}, {then-all: {steps: []}}]}}
                pause: 2 s
                if: on
                """))
        .isEqualTo(
            new Sample(
                DataSpec.file("rows.csv")
                    .input("a", InputSpec.columns("width", "height"))
                    .input("b", InputSpec.columns("pixels"))
                    .input("c", InputSpec.sine(440))
                    .input("d", InputSpec.constant("16000"))
                    .input("e", InputSpec.ramp(1L, 3L)),
                "label",
                "7",
                0,
                10_000_000_000L,
                0.001,
                true,
                Scenario.SERVER,
                List.of(3),
                List.of(new Part("left", 1), new Part("right", Double.POSITIVE_INFINITY)),
                Map.of("no", 0.25, "3", 1.0),
                new Transform.ThenAll(
                    List.of(
                        new Transform.Scale(2),
                        new Transform.Nothing(),
                        new Transform.ThenAll(List.of()))),
                Quantity.seconds(2),
                "on"));
  }

  /** YAML 1.1 makes booleans, numbers and dates of these. */
  @Test
  void texts_come_out_as_they_were_written() {
    for (String text :
        List.of(
            "no",
            "on",
            "Yes",
            "true",
            "1.10",
            "0x1F",
            "1_000",
            "12:30:45",
            "2026-11-24",
            "007",
            "1e3",
            ".inf",
            "=",
            "<<")) {
      assertThat(sample("data: x.csv\nlabel: " + text + "\n").label()).isEqualTo(text);
      assertThat(sample("data: {file: x.csv, ignore: [" + text + "]}\n").data().ignore())
          .containsExactly(text);
    }
    assertThat(sample("data: x.csv\nlabel: 'null'\n").label()).isEqualTo("null");
  }

  @Test
  void bare_conditions_mean_exactly_that() {
    assertThat(expectations("recall: 1", "peak: 3 KiB", "producer: skl2onnx", "input[a]: 3"))
        .containsExactly(
            measured("recall").isEqualTo(1),
            measured("peak").isEqualTo(Quantity.kibibytes(3)),
            measured("producer").is("skl2onnx"),
            measured("input", "a").is("3"));
  }

  @Test
  void every_condition() {
    assertThat(
            expectations(
                "accuracy: [between 90 % and 0.95, '0.9891 +- 0.0001', '!= 1', '== 0.5', 0.5]",
                "peak: '> 0'",
                "producer: [is x, 'one of a, b', 'only c, d', none of e, 'contains g, h', matches f.*]"))
        .containsExactly(
            measured("accuracy").isBetween(percent(90), Quantity.number(0.95)),
            measured("accuracy").isCloseTo(0.9891, 0.0001),
            new Expectation(
                "accuracy",
                new org.modelvitals.suite.Condition.Compare(
                    org.modelvitals.suite.Condition.Operator.NOT_EQUAL, Quantity.number(1), false)),
            measured("accuracy").isEqualTo(0.5),
            measured("accuracy").isEqualTo(0.5),
            measured("peak").isMoreThan(Quantity.number(0)),
            measured("producer").is("x"),
            measured("producer").isOneOf("a", "b"),
            measured("producer").hasOnly("c", "d"),
            measured("producer").hasNone("e"),
            measured("producer").contains("g", "h"),
            measured("producer").matches("f.*"));
  }

  @Test
  void name_is_the_file_s_where_none_is_given() {
    assertThat(read("model: m.onnx\nchecks: {a: {plain: {}}}\n").name()).isEqualTo("digits");
  }

  @Test
  void anchors_and_aliases() {
    SuiteSpec suite =
        read(
            """
            model: m.onnx
            checks:
              a: {sample: {data: &rows {file: x.csv, batch: 16}}}
              b: {sample: {data: *rows, label: digit}}
            """);
    assertThat(suite.checks())
        .extracting(check -> ((Sample) check.check().probe()).data())
        .containsOnly(DataSpec.file("x.csv").batch(16));
  }

  @Test
  void lines_of_checks() {
    SuiteYaml.Result result =
        SuiteYaml.read(
            Path.of("digits.vitals.yaml"),
            "model: m\nchecks:\n  a:\n    plain: {}\n\n  b: {plane: {}}\n",
            SampleProbe.REGISTRY);
    assertThat(result.line("a")).isEqualTo(3);
    assertThat(result.line("b")).as("also of checks with mistakes").isEqualTo(6);
    assertThat(result.checkAt(4)).contains("a");
    assertThat(result.checkAt(6)).contains("b");
    assertThat(result.checkAt(1)).isEmpty();
  }

  private static SuiteSpec read(String yaml) {
    SuiteYaml.Result result =
        SuiteYaml.read(Path.of("suites/digits.vitals.yaml"), yaml, SampleProbe.REGISTRY);
    assertThat(result.problems()).isEmpty();
    return result.suite().orElseThrow();
  }

  private static HealthCheck check(String body) {
    return read("model: m.onnx\nchecks:\n  a:\n" + body.indent(4)).checks().get(0).check();
  }

  private static Sample sample(String parameters) {
    return (Sample) check("sample:\n" + parameters.indent(2)).probe();
  }

  private static List<Expectation> expectations(String... lines) {
    return check("sample: {data: x.csv}\nexpect:\n" + String.join("\n", lines).indent(2))
        .expectations();
  }
}
