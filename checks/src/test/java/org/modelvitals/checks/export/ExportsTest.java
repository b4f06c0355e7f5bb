package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.modelvitals.model.Device;
import org.modelvitals.model.OnnxGraph;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

/** Real exports, ours and one that others made. */
class ExportsTest {
  private static final Path EXAMPLES = Path.of("../example-suites/models").toAbsolutePath();
  private static final Path CACHED = EXAMPLES.resolve("grammar-lm/model_with_past.onnx");

  private static <S extends ProbeSpec> Reading read(ProbeType<S> probe, S spec, Path model)
      throws Exception {
    try (ExportContext context = new ExportContext(model)) {
      return probe.probe(spec, context);
    }
  }

  private static <S extends ProbeSpec> Status status(ProbeType<S> probe, S spec, Path model)
      throws Exception {
    return Judge.judge(read(probe, spec, model), probe.implied(spec)).status();
  }

  private static Path gpt2() {
    @Nullable Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path candidate = at.resolveSibling("shared").resolve("models");
      found = Files.isDirectory(candidate) ? candidate : null;
    }
    assumeTrue(found != null, "there is no folder shared/models beside the project");
    return Objects.requireNonNull(found).resolve("tiny-random-gpt2/past.onnx");
  }

  @Test
  void someoneElsesExportWithItsOwnCacheConventionIsSound() throws Exception {
    Path model = gpt2();
    assertThat(status(new CausalityProbe(), Causality.causality(), model)).isEqualTo(Status.PASSED);
    assertThat(status(new CacheEquivalenceProbe(), CacheEquivalence.cacheEquivalence(), model))
        .isEqualTo(Status.PASSED);
    assertThat(status(new PaddingInvarianceProbe(), PaddingInvariance.paddingInvariance(), model))
        .isEqualTo(Status.PASSED);
    assertThat(
            status(
                new LanguageDeterminismProbe(), LanguageDeterminism.languageDeterminism(), model))
        .isEqualTo(Status.PASSED);
    assertThat(
            status(
                new PositionLimitsProbe(),
                PositionLimits.positionLimits().past(PositionLimits.Behaviour.ERROR),
                model))
        .isEqualTo(Status.PASSED);
  }

  @Test
  void itsTokenizerIsNotTheModels() throws Exception {
    Reading reading =
        read(new TokenizerAgreementProbe(), TokenizerAgreement.tokenizerAgreement(), gpt2());
    assertThat(reading.measurement("ids out of range").orElseThrow().value()).isEqualTo(49_295);
    assertThat(reading.evidence().stream().map(Evidence::sentence).collect(Collectors.joining()))
        .contains("the model knows 1,000 tokens, the tokenizer has 50,257 and 38 added ones")
        .contains("the eos token is 50256 ('<|endoftext|>') by tokenizer_config.json and 98");
  }

  @Test
  void sessionsAndThreadsGiveTheSameBits() throws Exception {
    Reading reading =
        read(new LanguageDeterminismProbe(), LanguageDeterminism.languageDeterminism(), CACHED);
    // Three sequences of 24 tokens, one of 64 and one of the 4 special ones, over a vocabulary of
    // 57.
    int logits = (3 * 24 + 64 + 4) * 57;
    assertThat(reading.measurement("differing logits[sessions]").orElseThrow().note())
        .isEqualTo("of %,d logits", 2 * logits);
    assertThat(reading.measurement("differing logits[threads]").orElseThrow().note())
        .isEqualTo("of %,d logits", 2 * logits);
    assertThat(reading.measurement("differing logits").orElseThrow().value()).isZero();
  }

  @Test
  void theSameModelOnTheSameDeviceIsItsOwnReference() throws Exception {
    Reading reading =
        read(new LanguageParityProbe(), LanguageParity.parityWith(Device.CPU), CACHED);
    assertThat(reading.measurement("max difference").orElseThrow().value()).isZero();
    assertThat(reading.measurement("perplexity ratio").orElseThrow().value()).isEqualTo(1);
  }

  @Test
  void withoutACacheItsEquivalenceDoesNotApply() {
    assertThatThrownBy(
            () ->
                read(
                    new CacheEquivalenceProbe(),
                    CacheEquivalence.cacheEquivalence(),
                    EXAMPLES.resolve("grammar-lm/model.onnx")))
        .isInstanceOf(NotApplicableException.class)
        .hasMessageStartingWith("the model has no cache: it takes 'input_ids'");
  }

  /** One sequence of 32 tokens a call. */
  @Test
  void sequencesOfAFixedLengthAreTried() throws Exception {
    Path model = EXAMPLES.resolve("grammar-exports/fixed_length.onnx");
    assertThat(status(new CausalityProbe(), Causality.causality(), model)).isEqualTo(Status.PASSED);
    assertThat(
            status(
                new LanguageDeterminismProbe(), LanguageDeterminism.languageDeterminism(), model))
        .isEqualTo(Status.PASSED);
    assertThat(
            status(new LanguageParityProbe(), LanguageParity.parityWith(CACHED.toString()), model))
        .isEqualTo(Status.PASSED);
    Reading limits = read(new PositionLimitsProbe(), PositionLimits.positionLimits(), model);
    assertThat(limits.measurement("context length").orElseThrow().value()).isEqualTo(32);
    assertThat(limits.measurement("at the limit").orElseThrow().text()).isEqualTo("works");
    assertThat(limits.measurement("past the limit").orElseThrow().text()).isEqualTo("error");
    assertThatThrownBy(
            () -> read(new PaddingInvarianceProbe(), PaddingInvariance.paddingInvariance(), model))
        .isInstanceOf(NotApplicableException.class)
        .hasMessage(
            "the graph takes one sequence a call (the first dimension of its input is fixed at 1),"
                + " so that there are no batches and nothing to pad");
  }

  @Test
  void cachesWithFewerHeadsAreHeldAgainstThemselves() throws Exception {
    Path model = EXAMPLES.resolve("grammar-exports/few_keys.onnx");
    assertThat(status(new CausalityProbe(), Causality.causality(), model)).isEqualTo(Status.PASSED);
    assertThat(status(new CacheEquivalenceProbe(), CacheEquivalence.cacheEquivalence(), model))
        .isEqualTo(Status.PASSED);
    assertThat(status(new PaddingInvarianceProbe(), PaddingInvariance.paddingInvariance(), model))
        .isEqualTo(Status.PASSED);
  }

  /** The operators that are read past all weights are those of the whole file. */
  @TestFactory
  List<DynamicTest> operatorsAreThoseOfTheGraph() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".onnx"))
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      EXAMPLES.relativize(file).toString(),
                      () ->
                          assertThat(OnnxGraph.operators(file))
                              .isEqualTo(OnnxGraph.read(file).operators().keySet())))
          .toList();
    }
  }
}
