package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.modelvitals.checks.generation.Generation.generation;
import static org.modelvitals.checks.generation.Prompts.prompts;
import static org.modelvitals.checks.generation.QuestionAnswering.questionAnswering;
import static org.modelvitals.checks.generation.Scripted.value;
import static org.modelvitals.checks.generation.StructuredOutput.structuredOutput;
import static org.modelvitals.checks.generation.Summarization.summarization;
import static org.modelvitals.checks.generation.Translation.translation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;

/**
 * The example models against figures of example-suites/training/README.md and sick/README.md, which
 * Python made: ONNX Runtime, greedy decoding, sacreBLEU 2.6.0.
 */
class PhrasebookTest {
  private static final String TRANSLATION = "translate : {{source}}";

  @TempDir Path folder;

  private @Nullable Path examples;

  @BeforeEach
  void findExamples() {
    for (Path at = Path.of("").toAbsolutePath();
        at != null && examples == null;
        at = at.getParent()) {
      Path candidate = at.resolve("example-suites");
      examples = Files.exists(candidate.resolve("models/phrasebook")) ? candidate : null;
    }
    assumeTrue(examples != null, "there is no example-suites/models/phrasebook");
  }

  private Path examples() {
    return Objects.requireNonNull(examples);
  }

  /** The healthy model, the data, and over them the sick files. */
  private void copy(String model, String data, @Nullable String sick) throws IOException {
    copy(examples().resolve("models").resolve(model));
    if (sick != null) {
      copy(examples().resolve("sick/models").resolve(model).resolve(sick));
    }
    Path file = Path.of(data);
    Files.copy(
        examples().resolve("data").resolve(file),
        folder.resolve(file),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            folder.resolve(String.valueOf(file.getFileName())),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private <S extends ProbeSpec> Reading read(ProbeType<S> probe, String model, S declared)
      throws Exception {
    try (BudgetContext context = new BudgetContext(folder.resolve(model))) {
      return probe.probe(declared, context);
    }
  }

  private Reading translated(@Nullable String sick) throws Exception {
    copy("phrasebook", "phrasebook-translation.jsonl", sick);
    return read(
        new TranslationProbe(),
        "decoder_model.onnx",
        translation(prompts(DataSpec.jsonl("phrasebook-translation.jsonl")).template(TRANSLATION))
            .reference("target")
            .resamples(100));
  }

  @Test
  void translates_as_well_as_python_says() throws Exception {
    Reading reading = translated(null);
    assertThat(value(reading, "segments")).isEqualTo(150);
    assertThat(value(reading, "bleu")).isCloseTo(97.07, within(0.005));
    assertThat(value(reading, "chrf")).isCloseTo(98.49, within(0.005));
    assertThat(value(reading, "ter")).isCloseTo(1.41, within(0.005));
  }

  @Test
  void swapped_articles_cost_what_python_says() throws Exception {
    assertThat(value(translated("swapped-articles"), "bleu")).isCloseTo(82.4, within(0.05));
  }

  @Test
  void a_decoder_that_repeats_never_ends() throws Exception {
    copy("phrasebook", "phrasebook-translation.jsonl", "repeats");
    Reading reading =
        read(
            new GenerationProbe(),
            "decoder_model.onnx",
            generation(
                prompts(DataSpec.jsonl("phrasebook-translation.jsonl").limit(5))
                    .template(TRANSLATION)));
    assertThat(value(reading, "stopped[max new tokens]")).isEqualTo(1);
    assertThat(value(reading, "degenerate")).isEqualTo(1);
    assertThat(reading.evidence().get(0).sentence()).contains("tokens are repeated");
  }

  @Test
  void the_end_is_what_the_configuration_says() throws Exception {
    copy("phrasebook", "phrasebook-translation.jsonl", "wrong-eos");
    Generation declared =
        generation(
            prompts(DataSpec.jsonl("phrasebook-translation.jsonl").limit(5)).template(TRANSLATION));
    assertThat(value(read(new GenerationProbe(), "encoder_model.onnx", declared), "mean tokens"))
        .isEqualTo(64);
    copy("phrasebook", "phrasebook-translation.jsonl", null);
    Reading healthy = read(new GenerationProbe(), "encoder_model.onnx", declared);
    assertThat(value(healthy, "stopped[stop token]")).isEqualTo(1);
  }

  @Test
  void answers_questions_as_well_as_python_says() throws Exception {
    QuestionAnswering declared =
        questionAnswering(
            prompts(DataSpec.jsonl("phrasebook-questions.jsonl"))
                .template("question : {{question}} context : {{context}}"));
    copy("phrasebook", "phrasebook-questions.jsonl", null);
    Reading healthy = read(new QuestionAnsweringProbe(), "decoder_model.onnx", declared);
    assertThat(value(healthy, "exact match")).isCloseTo(130.0 / 150, within(1e-12));
    copy("phrasebook", "phrasebook-questions.jsonl", "swapped-adjectives");
    Reading sick = read(new QuestionAnsweringProbe(), "decoder_model.onnx", declared);
    assertThat(value(sick, "exact match")).isCloseTo(89.0 / 150, within(1e-12));
  }

  @Test
  void summarises_as_well_as_python_says() throws Exception {
    Prompts prompts =
        prompts(DataSpec.jsonl("phrasebook-summaries.jsonl")).template("summarize : {{document}}");
    copy("phrasebook", "phrasebook-summaries.jsonl", null);
    assertThat(
            value(
                read(
                    new GenerationProbe(),
                    "decoder_model.onnx",
                    generation(prompts).reference("summary")),
                "exact match"))
        .isCloseTo(148.0 / 150, within(1e-12));
    Reading healthy = read(new SummarizationProbe(), "decoder_model.onnx", summarization(prompts));
    copy("phrasebook", "phrasebook-summaries.jsonl", "swapped-verbs");
    Reading sick = read(new SummarizationProbe(), "decoder_model.onnx", summarization(prompts));
    assertThat(value(healthy, "rouge-2")).isGreaterThan(0.98);
    assertThat(value(sick, "rouge-2")).isLessThan(0.8);
  }

  @Test
  void json_is_read_and_what_is_none_is_told() throws Exception {
    StructuredOutput declared =
        structuredOutput(prompts("dog", "bird", "train").template("describe {{text}}"))
            .schema("things.schema.json");
    copy("json-lm", "things.schema.json", null);
    Reading healthy = read(new StructuredOutputProbe(), "model.onnx", declared);
    assertThat(value(healthy, "valid against schema")).isEqualTo(1);
    copy("json-lm", "things.schema.json", "unclosed");
    Reading unclosed = read(new StructuredOutputProbe(), "model.onnx", declared);
    assertThat(value(unclosed, "valid json")).isZero();
    assertThat(unclosed.evidence().get(0).sentence())
        .startsWith("prompt 1: after 'describe dog' expected JSON (");
    copy("json-lm", "things.schema.json", "legs-in-words");
    Reading words = read(new StructuredOutputProbe(), "model.onnx", declared);
    assertThat(value(words, "valid json")).isEqualTo(1);
    assertThat(value(words, "valid against schema")).isLessThan(1);
    assertThat(words.evidence().get(0).sentence()).contains("legs");
  }
}
