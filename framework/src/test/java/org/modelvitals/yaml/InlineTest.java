package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;

class InlineTest {
  private static final ProbeRegistry REGISTRY = new ProbeRegistry(List.of(new Probe()));

  record Source(@Doc("Texts.") List<String> texts, @Default("4") int count) {
    Source {
      texts = List.copyOf(texts);
      if (count < 1) {
        throw new IllegalArgumentException("count must be at least 1, not " + count);
      }
    }
  }

  record Sample(@Default("a") String before, @Inline Source source, @Nullable Long after)
      implements ProbeSpec {}

  record Clash(@Default("1") int count, @Inline Source source) {}

  private static final class Probe implements ProbeType<Sample> {
    @Override
    public String keyword() {
      return "sample";
    }

    @Override
    public Class<Sample> specification() {
      return Sample.class;
    }

    @Override
    public List<MeasurementInfo> measurements() {
      return List.of();
    }

    @Override
    public Reading probe(Sample specification, ProbeContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static SuiteYaml.Result read(String sample) {
    return SuiteYaml.read(
        Path.of("suite.vitals.yaml"),
        """
        model: m.onnx
        checks:
          one:
            sample: %s
        """
            .formatted(sample),
        REGISTRY);
  }

  private static SuiteSpec suite(Sample sample) {
    return new SuiteSpec(
        "suite",
        "m.onnx",
        DeviceSpec.CPU,
        SessionSpec.DEFAULT,
        Set.of(),
        List.of(new CheckSpec("one", sample.check())));
  }

  private static ProbeSpec probe(String sample) {
    return read(sample).suite().orElseThrow().checks().get(0).check().probe();
  }

  @Test
  void componentsStandBesideTheOthers() {
    assertThat(probe("{before: b, texts: [x, y], count: 2, after: 7}"))
        .isEqualTo(new Sample("b", new Source(List.of("x", "y"), 2), 7L));
    assertThat(probe("{}")).isEqualTo(new Sample("a", new Source(List.of(), 4), null));
    assertThat(probe("")).isEqualTo(probe("{}"));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Sample sample = new Sample("a", new Source(List.of("x"), 3), 7L);
    String written = SuiteYaml.write(suite(sample), REGISTRY);
    assertThat(written).contains("texts: [x]", "count: 3", "after: 7").doesNotContain("before");
    assertThat(
            SuiteYaml.read(Path.of("suite.vitals.yaml"), written, REGISTRY)
                .suite()
                .orElseThrow()
                .checks())
        .isEqualTo(suite(sample).checks());
  }

  @Test
  void complaintsOfTheInlinedRecordNameItsKey() {
    assertThat(read("{before: b, count: 0}").problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains("count must be at least 1, not 0");
              assertThat(problem.line()).isEqualTo(4);
              assertThat(problem.column()).isEqualTo(25);
            });
    assertThat(read("{cuont: 2}").problems().get(0).message())
        .isEqualTo("unknown key 'cuont' in 'sample'; did you mean 'count'?");
  }

  @Test
  void keysThatStandTwiceAreAMistakeOfTheProbesAuthor() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Shapes.record(Clash.class))
        .withMessageContaining("'count' stands twice in");
  }
}
