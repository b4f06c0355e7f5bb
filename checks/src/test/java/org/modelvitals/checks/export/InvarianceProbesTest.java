package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.export.CacheEquivalence.cacheEquivalence;
import static org.modelvitals.checks.export.Causality.causality;
import static org.modelvitals.checks.export.LanguageDeterminism.languageDeterminism;
import static org.modelvitals.checks.export.PaddingInvariance.paddingInvariance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.export.FormulaModel.Disease;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.Model;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

/** Each disease of a model by a formula is found by the check that is about it, and told. */
class InvarianceProbesTest {
  /** Tokens fed one at a time: of three short sequences and of the long one. */
  private static final int STEPS = 3 * (23 + 12 + 1) + 127 + 64 + 8 + 1;

  private static final Causality CAUSALITY = causality();
  private static final CacheEquivalence CACHE = cacheEquivalence();
  private static final PaddingInvariance PADDING = paddingInvariance();
  private static final LanguageDeterminism DETERMINISM =
      languageDeterminism().sessions(0).withoutThreads();

  private record Result(Status status, Reading reading) {
    double value(String name) {
      return Objects.requireNonNull(reading.measurement(name).orElseThrow().value(), name);
    }

    @Nullable String note(String name) {
      return reading.measurement(name).orElseThrow().note();
    }

    String evidence() {
      return reading.evidence().stream().map(Evidence::sentence).collect(Collectors.joining("\n"));
    }
  }

  private static <S extends ProbeSpec> Result run(ProbeType<S> probe, S spec, Model model) {
    try (ExportContext context = new ExportContext(model, 1)) {
      Reading reading = probe.probe(spec, context);
      return new Result(Judge.judge(reading, probe.implied(spec)).status(), reading);
    } catch (Exception e) {
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  private static Result causal(Disease... diseases) {
    return run(new CausalityProbe(), CAUSALITY, FormulaModel.with(diseases));
  }

  private static Result cached(Disease... diseases) {
    return run(new CacheEquivalenceProbe(), CACHE, FormulaModel.with(diseases));
  }

  private static Result padded(Disease... diseases) {
    return run(new PaddingInvarianceProbe(), PADDING, FormulaModel.with(diseases));
  }

  private static Result again(Disease... diseases) {
    return run(new LanguageDeterminismProbe(), DETERMINISM, FormulaModel.with(diseases));
  }

  @Test
  void theHealthyModelPassesAll() {
    assertThat(causal().status()).isEqualTo(Status.PASSED);
    assertThat(cached().status()).isEqualTo(Status.PASSED);
    assertThat(padded().status()).isEqualTo(Status.PASSED);
    assertThat(again().status()).isEqualTo(Status.PASSED);
    // Three sequences of 24 tokens, one of 128; cuts at the second, the middle and the last token,
    // two replacements and one cut off each.
    assertThat(causal().value("positions")).isEqualTo((3 * (1 + 12 + 23) + 1 + 64 + 127) * 3);
    // From the cache come 23, 12 and 1 tokens; in chunks the last prefill leaves nothing to chunk.
    assertThat(cached().value("positions[steps]")).isEqualTo(STEPS);
    assertThat(cached().value("positions[chunks]")).isEqualTo(3 * (23 + 12) + 127 + 64 + 8);
  }

  @Test
  void aGlimpseOfTheNextTokenIsFoundAtThePositionBefore() {
    Result result =
        run(
            new CausalityProbe(),
            CAUSALITY.on(Sequences.ids(new long[] {1, 2, 3, 4, 5, 6})).cuts(4).replacements(1),
            FormulaModel.with(Disease.SEES_NEXT));
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("mismatches[changed]")).isEqualTo(1);
    assertThat(result.value("mismatches[cut off]")).isEqualTo(1);
    assertThat(result.value("positions")).isEqualTo(8);
    assertThat(result.evidence())
        .contains("with token 4 changed from #5 to #")
        .contains("after position 3 (#4) of row 1 of ids the logit of #");
    assertThat(padded(Disease.SEES_NEXT).status()).as("padding").isEqualTo(Status.PASSED);
  }

  /** Nothing that is left out of what a model reads can break causality or the cache. */
  @Test
  void aModelThatReadsOneTokenOnlyIsFound() {
    // Every second position of three sequences of 24 tokens and of one of 128.
    int asked = 3 * 12 + 64;
    assertThat(causal().value("dependent positions")).isEqualTo(asked);
    assertThat(causal(Disease.SHORT_REACH).status()).isEqualTo(Status.PASSED);
    assertThat(causal(Disease.SHORT_REACH).value("dependent positions")).isEqualTo(asked);
    Result deaf = causal(Disease.DEAF);
    assertThat(cached(Disease.DEAF).status()).isEqualTo(Status.PASSED);
    assertThat(deaf.status()).isEqualTo(Status.FAILED);
    assertThat(deaf.value("mismatches")).isZero();
    assertThat(deaf.value("dependent positions")).isZero();
    assertThat(deaf.note("dependent positions")).isEqualTo("of 100 positions");
    assertThat(deaf.evidence())
        .contains("no logit depends on the token before")
        .contains("after the 100 tokens between stay the same to the last bit");
    assertThat(causal(Disease.DEAF, Disease.LAST_ONLY).status()).isEqualTo(Status.FAILED);
    assertThat(
            run(
                    new CausalityProbe(),
                    CAUSALITY.on(Sequences.ids(new long[] {1, 2}, new long[] {3, 4, 5})),
                    FormulaModel.with(Disease.SHORT_REACH))
                .value("dependent positions"))
        .isEqualTo(2);
  }

  /** There no later token can change anything, whatever the graph is like. */
  @Test
  void ofAModelThatTakesOneTokenOnlyDependenceSaysSomething() {
    Result healthy = causal(Disease.ONE_TOKEN);
    assertThat(healthy.status()).isEqualTo(Status.PASSED);
    assertThat(healthy.evidence()).contains("one token a call").contains("says nothing");
    Result forgets = causal(Disease.ONE_TOKEN, Disease.FORGETS_PAST);
    assertThat(forgets.status()).isEqualTo(Status.FAILED);
    assertThat(forgets.value("mismatches")).isZero();
    assertThat(forgets.evidence()).contains("what the model has read is lost");
  }

  @Test
  void aLostPastIsFoundByStepsAndChunks() {
    Result result = cached(Disease.FORGETS_PAST);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("mismatches[steps]")).isEqualTo(STEPS);
    assertThat(result.evidence()).contains("fed as 1 token and then one at a time from the cache");
    assertThat(causal(Disease.FORGETS_PAST).status()).isEqualTo(Status.PASSED);
    Result padded = padded(Disease.FORGETS_PAST);
    assertThat(padded.status()).isEqualTo(Status.PASSED);
    assertThat(padded.note("mismatches[decoded]")).contains("see cache-equivalence");
  }

  @Test
  void aCallThatFailsIsAMismatchWithItsReason() {
    Result result = cached(Disease.NO_CHUNKS);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("mismatches[steps]")).isZero();
    assertThat(result.value("max difference[chunks]")).isInfinite();
    assertThat(result.evidence())
        .contains("3 at a time from the cache of drawn sequence 1, the call failed: shapes do not");
    assertThat(
            run(
                    new CacheEquivalenceProbe(),
                    CACHE.withoutChunks(),
                    FormulaModel.with(Disease.NO_CHUNKS))
                .status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void paddingThatIsSeenIsFoundOnTheLeftOnly() {
    Result result = padded(Disease.IGNORES_MASK);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("mismatches[batch]")).isZero();
    assertThat(result.value("mismatches[right]")).isZero();
    assertThat(result.value("mismatches[left]")).isPositive();
    assertThat(result.value("mismatches[decoded]")).isPositive();
    assertThat(result.evidence()).contains("padded by 104 on the left in a batch of 4 rows");
    assertThat(
            run(
                    new PaddingInvarianceProbe(),
                    PADDING.sides(Padding.RIGHT),
                    FormulaModel.with(Disease.IGNORES_MASK))
                .status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void rowsThatSeeEachOtherAreFoundInTheBatchAndPaddingIsNotBlamed() {
    Result result = padded(Disease.BATCH_LEAK);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("mismatches[batch]")).isPositive();
    assertThat(result.note("mismatches[left]")).contains("change in a batch already");
    assertThat(causal(Disease.BATCH_LEAK).status()).isEqualTo(Status.PASSED);
    assertThat(cached(Disease.BATCH_LEAK).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void notANumberWhereThereShouldBeOneIsAMismatch() {
    Result result = padded(Disease.NAN_WHERE_PADDED);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("max difference[left]")).isInfinite();
    assertThat(result.evidence()).contains("is NaN instead of");
  }

  @Test
  void aModelThatGivesNoNumbersFails() {
    for (Disease disease : new Disease[] {Disease.NAN, Disease.INFINITE, Disease.LATE_NAN}) {
      for (Result result :
          new Result[] {causal(disease), cached(disease), padded(disease), again(disease)}) {
        assertThat(result.status()).as("%s", disease).isEqualTo(Status.FAILED);
        assertThat(result.note("mismatches")).contains("are not numbers before anything");
        assertThat(result.evidence())
            .contains("before anything is changed, after position")
            .contains("the logit of #0 is " + (disease == Disease.INFINITE ? "Infinity" : "NaN"));
      }
    }
  }

  /** Drawn sequences have no special token but the first. */
  @Test
  void anEmbeddingOfASpecialTokenThatIsNoNumberIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"bos_token_id": 1, "eos_token_id": 7, "pad_token_id": 99, "sep_token_id": 3}
        """);
    Path file = folder.resolve("formula.onnx");
    Model healthy = new FormulaModel(file, false, p -> p);
    Result well = run(new LanguageDeterminismProbe(), DETERMINISM, healthy);
    assertThat(well.status()).isEqualTo(Status.PASSED);
    assertThat(well.value("positions[repeats]")).isEqualTo(4 * (3 * 24 + 128 + 3));
    Model sick = new FormulaModel(file, false, p -> p, Disease.NAN_TOKEN);
    Result result = run(new LanguageDeterminismProbe(), DETERMINISM, sick);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("mismatches[repeats]")).isEqualTo(4);
    assertThat(result.evidence())
        .contains("after position 2 (#7) of the sequence of special tokens the logit of #0 is NaN");
    LanguageDeterminism given = DETERMINISM.on(Sequences.ids(new long[] {1, 2, 3}));
    assertThat(run(new LanguageDeterminismProbe(), given, sick).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void aMaskedTokenExcusesNothing() {
    assertThat(causal(Disease.MASKED_TOKEN).status()).isEqualTo(Status.PASSED);
    assertThat(cached(Disease.MASKED_TOKEN).status()).isEqualTo(Status.PASSED);
    assertThat(padded(Disease.MASKED_TOKEN).status()).isEqualTo(Status.PASSED);
    assertThat(causal(Disease.MASKED_TOKEN, Disease.SEES_NEXT).status()).isEqualTo(Status.FAILED);
    assertThat(cached(Disease.MASKED_TOKEN, Disease.FORGETS_PAST).status())
        .isEqualTo(Status.FAILED);
    assertThat(padded(Disease.MASKED_TOKEN, Disease.IGNORES_MASK).status())
        .isEqualTo(Status.FAILED);
  }

  @Test
  void whatGoesWrongLateIsFound() {
    Result result = cached(Disease.LATE_SLIP);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.evidence()).contains("of drawn sequence 4");
  }

  @Test
  void noiseIsFoundByDeterminismAndMakesTheOthersInconclusive() {
    Result result = again(Disease.NOISE);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("differing logits[repeats]")).isPositive();
    assertThat(result.value("differing logits[callers]")).isPositive();
    assertThat(result.evidence()).contains("run again");
    for (Result other :
        new Result[] {causal(Disease.NOISE), cached(Disease.NOISE), padded(Disease.NOISE)}) {
      assertThat(other.status()).isEqualTo(Status.INCONCLUSIVE);
      assertThat(other.note("mismatches")).contains("see language-determinism");
    }
    assertThat(
            run(
                    new LanguageDeterminismProbe(),
                    DETERMINISM.tolerance(1),
                    FormulaModel.with(Disease.NOISE))
                .status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void logitsAfterTheLastTokenOnlyTellNothingOfCausalityAndMuchOfTheCache() {
    Result causal = causal(Disease.LAST_ONLY);
    assertThat(causal.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(causal.note("mismatches")).contains("after the last token only");
    Result cached = cached(Disease.LAST_ONLY, Disease.FORGETS_PAST);
    assertThat(cached.status()).isEqualTo(Status.FAILED);
    assertThat(cached.value("positions[steps]")).isEqualTo(3 * 3 + 4);
  }

  /** A bound that next to no other logits would break proves nothing. */
  @Test
  void aToleranceAsWideAsTheLogitsIsInconclusive() {
    for (Disease disease : new Disease[] {Disease.SEES_NEXT, Disease.NOISE}) {
      FormulaModel model = FormulaModel.with(disease);
      for (Result result :
          new Result[] {
            run(new CausalityProbe(), CAUSALITY.tolerance(1000), model),
            run(new CacheEquivalenceProbe(), CACHE.tolerance(1000), model),
            run(new PaddingInvarianceProbe(), PADDING.tolerance(1000), model),
            run(new LanguageDeterminismProbe(), DETERMINISM.tolerance(1000), model)
          }) {
        assertThat(result.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(result.note("mismatches")).contains("half of what the logits range over");
      }
    }
  }

  /** Run again once, it is held against the first run. */
  @Test
  void oneRepeatIsTwoRuns() {
    Result result =
        run(
            new LanguageDeterminismProbe(),
            DETERMINISM.repeats(1).callers(0),
            FormulaModel.with(Disease.NOISE));
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.value("differing logits")).isPositive();
  }

  @Test
  void aToleranceIsAnAbsoluteBound() {
    Result result =
        run(
            new PaddingInvarianceProbe(),
            PADDING.tolerance(1),
            FormulaModel.with(Disease.BATCH_LEAK));
    assertThat(result.status()).isEqualTo(Status.PASSED);
    assertThat(result.value("max difference")).isGreaterThan(0.01);
    assertThat(causal().value("max difference")).isCloseTo(0, within(1e-5));
  }

  @Test
  void mistakesOfTheDeclarationAreTold() {
    assertThatThrownBy(() -> CAUSALITY.cuts(0)).hasMessageContaining("cuts must be at least 1");
    assertThatThrownBy(() -> CACHE.chunks(1)).hasMessageContaining("chunks must be at least 2");
    assertThatThrownBy(() -> CACHE.tolerance(-1)).hasMessageContaining("tolerance must be");
    assertThatThrownBy(() -> Sequences.ids(new long[] {1}, new long[] {2}))
        .hasMessageContaining("brackets of their own");
    assertThatThrownBy(() -> Sequences.ids(new long[] {-1, 2}))
        .hasMessageContaining("cannot be negative");
    assertThatThrownBy(() -> PADDING.sides(new Padding[0]))
        .hasMessageContaining("give left, right, or both");
    Sequences unknown = Sequences.ids(new long[] {1, 99});
    assertThatThrownBy(() -> run(new CausalityProbe(), CAUSALITY.on(unknown), FormulaModel.with()))
        .hasMessage(
            "row 1 of ids has the token 99, which the model does not know: its vocabulary has 12"
                + " tokens");
    assertThatThrownBy(
            () ->
                run(
                    new CausalityProbe(),
                    CAUSALITY.on(Sequences.texts("the dog")),
                    FormulaModel.with()))
        .hasMessageContaining("there is no tokenizer.json beside the model for the texts");
  }

  @Test
  void sequencesThatTheContextDoesNotHoldAreRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": 8}");
    Model model = new FormulaModel(folder.resolve("formula.onnx"), false, p -> p);
    Causality spec = CAUSALITY.on(Sequences.drawn().length(9));
    assertThatThrownBy(() -> run(new CausalityProbe(), spec, model))
        .isInstanceOf(ProbeException.class)
        .hasMessage(
            "drawn sequence 1 has 9 tokens, but the model's context holds 8; give a 'length' of at"
                + " most that (what happens past the context, position-limits tells)");
    assertThat(run(new CausalityProbe(), CAUSALITY, model).status()).isEqualTo(Status.PASSED);
  }
}
