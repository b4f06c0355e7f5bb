package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.checks.generation.Generation.generation;
import static org.modelvitals.checks.generation.Prompts.prompts;
import static org.modelvitals.checks.generation.Scripted.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.GenerationSpeed;
import org.modelvitals.checks.budget.GenerationSpeedProbe;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.Stopping;
import org.modelvitals.reading.Reading;

/** Answers of a model without a tokenizer are the ids of their tokens. */
class GenerationOfIdsTest {
  @TempDir Path folder;
  private Scripted scripted;

  @BeforeEach
  void takeTheTokenizerAway() throws IOException {
    scripted = new Scripted(folder);
    Files.delete(folder.resolve("tokenizer.json"));
  }

  /** After 3 ("france") comes 4 ("Paris"), after 5 ("italy") 6 to 9 ("the City of Rome"). */
  @Test
  void answersAreHeldAgainstIds() throws Exception {
    scripted.with(
        "asked.jsonl",
        """
        {"text": [3], "answer": [4]}
        {"text": "5", "answer": "6 7 8 9"}
        {"text": [5], "answer": [6, 7]}
        """);
    Reading reading =
        scripted.read(
            new GenerationProbe(),
            generation(prompts(DataSpec.jsonl("asked.jsonl"))).reference("answer"));
    assertThat(value(reading, "exact match")).isEqualTo(2.0 / 3);
    assertThat(value(reading, "stopped[stop token]")).isEqualTo(1);
    assertThat(reading.evidence().get(0).sentence())
        .contains("asked.jsonl:3: after '5' expected '6 7', got '6 7 8 9'");
  }

  @Test
  void idsEndAnAnswer() throws Exception {
    Reading reading =
        scripted.read(
            new GenerationProbe(),
            generation(prompts("5").stopping(Stopping.after(10).tokens(8L))).pattern("6 7"));
    assertThat(value(reading, "pattern match")).isEqualTo(1);
  }

  @Test
  void textsThatEndAnAnswerNeedATokenizer() {
    assertThatThrownBy(
            () ->
                scripted.read(
                    new GenerationProbe(),
                    generation(prompts("5").stopping(Stopping.after(10).strings("8")))))
        .hasMessageContaining("declare the ids of stop tokens");
  }

  @Test
  void speed() throws Exception {
    Reading reading =
        scripted.read(
            new GenerationSpeedProbe(), GenerationSpeed.generationSpeed("11").answers(2).tokens(4));
    assertThat(value(reading, "prompt tokens")).isEqualTo(1);
  }
}
