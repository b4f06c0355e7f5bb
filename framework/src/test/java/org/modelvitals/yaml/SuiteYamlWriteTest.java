package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.mebibytes;
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
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;
import org.modelvitals.yaml.SampleProbe.Part;
import org.modelvitals.yaml.SampleProbe.PlainProbe;
import org.modelvitals.yaml.SampleProbe.Sample;
import org.modelvitals.yaml.SampleProbe.Scenario;
import org.modelvitals.yaml.SampleProbe.Transform;

class SuiteYamlWriteTest {
  private static final Sample FULL =
      new Sample(
          DataSpec.csv("rows.csv")
              .input("a", InputSpec.columns("w", "h"))
              .input("b", InputSpec.sine(440)),
          "no",
          "7",
          0,
          3L,
          0.001,
          true,
          Scenario.SERVER,
          List.of(3, 5),
          List.of(new Part("left", 1), new Part("right", 0.5)),
          Map.of("null", 1.0),
          new Transform.ThenAll(List.of(new Transform.Scale(2))),
          Quantity.seconds(2),
          "it rains");

  @Test
  void short_and_readable() {
    SuiteSpec suite =
        new SuiteSpec(
            "digits",
            "models/digits.onnx",
            DeviceSpec.of(Device.CUDA),
            SessionSpec.DEFAULT,
            Set.of("nightly", "gpu"),
            List.of(
                new CheckSpec(
                    "reads digits",
                    Sample.of(DataSpec.file("digits.csv"))
                        .expect(measured("accuracy").isAtLeast(percent(97)))
                        .expect(measured("recall", "7").isEqualTo(1))
                        .expect(measured("producer").is("pytorch"))),
                new CheckSpec(
                    "stays small",
                    new PlainProbe.Plain()
                        .expect(measured("size").isAtMost(mebibytes(64)))
                        .expect(measured("size").isMoreThan(Quantity.number(0)))
                        .tagged("fast")),
                new CheckSpec("full", FULL.check())));

    assertThat(SuiteYaml.write(suite, SampleProbe.REGISTRY))
        .isEqualTo(
            """
            name: digits
            model: models/digits.onnx
            device: cuda
            tags: [gpu, nightly]
            checks:
              reads digits:
                sample: {data: digits.csv}
                expect: {accuracy: '>= 97 %', 'recall[7]': 1, producer: pytorch}
              stays small:
                plain: {}
                expect: {size: [<= 64 MiB, '> 0']}
                tags: [fast]
              full:
                sample:
                  data:
                    file: rows.csv
                    inputs: {a: [w, h], b: {sine: {hz: 440}}}
                  label: no
                  positive-class: '7'
                  warmup-calls: 0
                  limit: 3
                  seconds: 0.001
                  strict: true
                  scenario: server
                  top: [3, 5]
                  parts: [left, {name: right, weight: 0.5}]
                  truth: {'null': 1}
                  transform: {then-all: {steps: [{scale: 2}]}}
                  pause: 2 s
                  if: it rains
            """);
    assertThat(
            SuiteYaml.read(
                    Path.of("x"),
                    SuiteYaml.write(suite, SampleProbe.REGISTRY),
                    SampleProbe.REGISTRY)
                .suite())
        .contains(suite);
  }

  @Test
  void parameters_are_those_without_their_default() {
    assertThat(SuiteYaml.parameters(Sample.of(DataSpec.file("a.csv"))))
        .isEqualTo(Map.of("data", "a.csv"));
    assertThat(SuiteYaml.parameters(new PlainProbe.Plain())).isEmpty();
    assertThat(SuiteYaml.parameters(FULL).keySet())
        .containsExactly(
            "data",
            "label",
            "positive-class",
            "warmup-calls",
            "limit",
            "seconds",
            "strict",
            "scenario",
            "top",
            "parts",
            "truth",
            "transform",
            "pause",
            "if");
  }

  @Test
  void what_yaml_cannot_say_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(new PlainProbe.Plain(), Quantity.of(0.5, Unit.FRACTION)))
        .withMessageContaining("has no form in YAML");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(new ProbeSpec() {}, Quantity.number(1)))
        .withMessageContaining("no probe is registered");
  }

  private static void write(ProbeSpec probe, Quantity limit) {
    SuiteYaml.write(
        new SuiteSpec(
            "a",
            "m",
            DeviceSpec.CPU,
            SessionSpec.DEFAULT,
            Set.of(),
            List.of(new CheckSpec("a", probe.expect(measured("size").isAtLeast(limit))))),
        SampleProbe.REGISTRY);
  }
}
