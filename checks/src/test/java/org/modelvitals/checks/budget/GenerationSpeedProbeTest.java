package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.modelvitals.checks.budget.GenerationSpeed.generationSpeed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.generation.PromptSource;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

class GenerationSpeedProbeTest {
  private static final String PROMPT = "<bos> the small dog";

  private static Path model(String name) {
    @Nullable Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path candidate = at.resolve("example-suites/models").resolve(name);
      found = Files.exists(candidate) ? candidate : null;
    }
    assumeTrue(found != null, "there is no example-suites/models/" + name);
    return Objects.requireNonNull(found);
  }

  private static Reading read(String name, GenerationSpeed declared) {
    try (BudgetContext context = new BudgetContext(model(name))) {
      return new GenerationSpeedProbe().probe(declared, context);
    }
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value(), name);
  }

  @Test
  void every_token_of_every_answer_is_timed() {
    Reading reading =
        read(
            "grammar-lm/model_with_past.onnx",
            generationSpeed(PROMPT).answers(20).tokens(21).warmup(1));
    assertThat(value(reading, "answers")).isEqualTo(20);
    Measurement first = reading.measurement("time to first token[mean]").orElseThrow();
    Measurement later = reading.measurement("time per output token[p99]").orElseThrow();
    assertThat(first.count()).isEqualTo(20);
    assertThat(later.count()).isEqualTo(20 * 20);
    assertThat(later.interval()).isNotNull();
    assertThat(value(reading, "time per output token[max]"))
        .isGreaterThanOrEqualTo(value(reading, "time per output token[p50]"))
        .isPositive();
    assertThat(value(reading, "tokens per second")).isPositive();
    assertThat(value(reading, "prompt tokens")).isEqualTo(4);
    // With 20 answers there is no saying where 99 % of them end.
    assertThat(reading.measurement("time to first token[p99]").orElseThrow().note())
        .isEqualTo(
            "p99 needs at least 459 answers to say where it ends, and there were 20: 439 more");
  }

  /** Two layers, keys and values, 48 wide, in float32. */
  @Test
  void the_cache_grows_as_the_models_shape_says() {
    Reading reading =
        read(
            "grammar-lm/model_with_past.onnx",
            generationSpeed(PROMPT).answers(3).tokens(10).warmup(0));
    assertThat(value(reading, "cache per token")).isEqualTo(2 * 2 * 48 * 4);
    assertThat(value(reading, "largest cache")).isEqualTo((4 + 9) * 2 * 2 * 48 * 4.0);
  }

  /** Two layers, keys and values of the decoder's own tokens, 64 wide; the source's do not grow. */
  @Test
  void a_pair_reads_its_source_before_the_first_token() {
    Reading reading =
        read(
            "phrasebook/decoder_model.onnx",
            generationSpeed("translate : the small dog sleeps .").answers(3).tokens(10).warmup(1));
    assertThat(value(reading, "cache per token")).isEqualTo(2 * 2 * 64 * 4);
    assertThat(value(reading, "time to first token[mean]")).isPositive();
    assertThat(reading.measurement("time per output token[mean]").orElseThrow().count())
        .isEqualTo(3 * 9);
  }

  @Test
  void a_model_whose_logits_are_not_finite_has_no_speed() {
    GenerationSpeed declared = generationSpeed("<bos> the boat").answers(3).tokens(4);
    Reading healthy = read("grammar-lm/model_with_past.onnx", declared);
    assertThat(value(healthy, "non-finite outputs")).isZero();
    Reading sick =
        read(
            "../sick/models/grammar-lm/nan-word.onnx",
            GenerationSpeed.generationSpeed(
                    PromptSource.of("<bos> the boat")
                        .tokenizer(
                            model("grammar-lm")
                                .resolve("tokenizer.json")
                                .toAbsolutePath()
                                .toString()))
                .answers(3)
                .tokens(4));
    assertThat(value(sick, "non-finite outputs")).isEqualTo(3);
    assertThat(sick.evidence().get(0).sentence())
        .matches(
            "prompt 1: where token [1-4] of the answer is to be chosen, 1?[0-9]+ logits are NaN or"
                + " infinite");
    assertThat(Judge.judge(sick, new GenerationSpeedProbe().implied(declared)).status())
        .isEqualTo(Status.FAILED);
  }

  @Test
  void a_model_without_a_cache_says_so() {
    Reading reading =
        read("grammar-lm/model.onnx", generationSpeed(PROMPT).answers(2).tokens(3).warmup(0));
    assertThat(reading.measurement("cache per token").orElseThrow().note())
        .isEqualTo("the model has no cache: it reads everything again for each token");
    assertThat(value(reading, "time per output token[mean]")).isPositive();
  }

  @Test
  void answers_end_where_the_context_does() {
    Reading reading =
        read(
            "grammar-lm/model_with_past.onnx",
            generationSpeed(PROMPT).answers(2).tokens(500).warmup(0));
    assertThat(reading.measurement("time per output token[mean]").orElseThrow().count())
        .isEqualTo(2 * 59);
    String full = "<bos>" + " dog".repeat(63);
    assertThatThrownBy(() -> read("grammar-lm/model.onnx", generationSpeed(full)))
        .isInstanceOf(ProbeException.class)
        .hasMessage(
            "prompt 1: the prompt has 64 tokens and the model's context 64, so there is no room to"
                + " time an answer");
  }

  @Test
  void declarations_that_measure_nothing_are_refused() {
    GenerationSpeed declared = generationSpeed(PromptSource.of("a"));
    assertThatThrownBy(() -> declared.tokens(1)).hasMessage("tokens must be at least 2, not 1");
    assertThatThrownBy(() -> declared.seconds(0)).hasMessageContaining("more than 0");
  }
}
