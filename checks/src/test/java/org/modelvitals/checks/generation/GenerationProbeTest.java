package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.generation.Generation.generation;
import static org.modelvitals.checks.generation.Prompts.prompts;
import static org.modelvitals.checks.generation.Scripted.value;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.Sampling;
import org.modelvitals.language.Stopping;
import org.modelvitals.model.ModelException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

class GenerationProbeTest {
  private static final GenerationProbe PROBE = new GenerationProbe();

  @TempDir Path folder;

  private Reading read(Generation declared) throws Exception {
    return new Scripted(folder).read(PROBE, declared);
  }

  @Test
  void answers_are_held_against_what_they_should_be() throws Exception {
    new Scripted(folder)
        .with(
            "cities.jsonl",
            """
            {"country": "france", "city": "Paris"}
            {"country": "italy", "city": ["Milan", "the City of Rome"]}
            {"country": "hund", "city": "Berlin"}
            """);
    Reading reading =
        read(
            generation(prompts(DataSpec.jsonl("cities.jsonl")).template("{{country}}"))
                .reference("city"));
    assertThat(value(reading, "exact match")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(reading.measurement("exact match").orElseThrow().interval()).isNotNull();
    Evidence.Table wrong = (Evidence.Table) reading.evidence().get(0);
    assertThat(wrong.sentence())
        .isEqualTo(
            "cities.jsonl:3: after 'hund' expected 'Berlin', got 'a small dog sleeps here .' (ended"
                + " by itself)");
    assertThat(wrong.rows()).hasSize(1);
    Evidence.Strip strip = (Evidence.Strip) reading.evidence().get(1);
    assertThat(strip.cells())
        .extracting(Evidence.Strip.Cell::text)
        .containsExactly("a", "small", "dog", "sleeps", "here", ".");
    assertThat(strip.cells().get(0).value()).isBetween(-0.01, 0.0);
  }

  @Test
  void lengths_and_ends_are_counted() throws Exception {
    Reading reading =
        read(
            generation(prompts("france", "italy", "atlantis", "bells"))
                .pattern("[A-Za-z ]*")
                .contains("o")
                .forbidden("dong", "Paris"));
    assertThat(value(reading, "answers")).isEqualTo(4);
    assertThat(value(reading, "min tokens")).isEqualTo(0);
    assertThat(value(reading, "max tokens")).isEqualTo(64);
    assertThat(value(reading, "mean tokens")).isCloseTo((1 + 4 + 0 + 64) / 4.0, within(1e-12));
    assertThat(value(reading, "stopped[stop token]")).isEqualTo(0.75);
    assertThat(value(reading, "stopped[max new tokens]")).isEqualTo(0.25);
    assertThat(value(reading, "stopped[stop string]")).isZero();
    assertThat(value(reading, "empty")).isEqualTo(0.25);
    assertThat(value(reading, "degenerate")).isEqualTo(0.5);
    assertThat(value(reading, "longest loop")).isEqualTo(64);
    // ding and dong of 64 tokens, and five others once each.
    assertThat(value(reading, "distinct[1]")).isCloseTo(7.0 / 69, within(1e-12));
    assertThat(value(reading, "pattern match")).isEqualTo(1);
    assertThat(value(reading, "contained")).isEqualTo(0.5);
    assertThat(value(reading, "with forbidden")).isEqualTo(0.5);
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "prompt 1: after 'france' expected a text with 'o', got 'Paris' (ended by itself); 3"
                + " answers are wrong");
    assertThat(reading.evidence().get(2).sentence())
        .startsWith("prompt 4: 2 tokens are repeated 32 times after 'bells': 'ding dong ding");
  }

  @Test
  void stopping_is_what_is_declared() throws Exception {
    Prompts asked = prompts("hund");
    Reading cut = read(generation(asked.stopping(Stopping.after(2))));
    assertThat(value(cut, "stopped[max new tokens]")).isEqualTo(1);
    assertThat(value(cut, "max tokens")).isEqualTo(2);
    Reading at = read(generation(asked.stopping(Stopping.after(9).strings("sleeps"))));
    assertThat(value(at, "stopped[stop string]")).isEqualTo(1);
  }

  @Test
  void the_same_seed_writes_the_same_and_each_prompt_has_its_own() throws Exception {
    Prompts hot =
        prompts("france", "france")
            .sampling(Sampling.temperature(50, 3))
            .stopping(Stopping.after(20));
    Reading once = read(generation(hot).pattern("x"));
    Reading again = read(generation(hot).pattern("x"));
    assertThat(again).isEqualTo(once);
    Evidence.Table table = (Evidence.Table) once.evidence().get(0);
    assertThat(table.rows().get(0).get(3)).isNotEqualTo(table.rows().get(1).get(3));
  }

  @Test
  void a_pattern_that_goes_back_for_ever_is_blamed_and_not_the_model() {
    assertThatThrownBy(() -> read(generation(prompts("bells")).pattern("(([a-z ]+)+)+!")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "prompt 1: pattern: the regular expression, not the model, takes too long:"
                + " /(([a-z ]+)+)+!/ did not come to an end");
  }

  @Test
  void what_does_not_fit_is_said_in_a_sentence() throws Exception {
    new Scripted(folder).with("rows.jsonl", "{\"country\": \"france\", \"nothing\": \"\"}\n");
    Prompts rows = prompts(DataSpec.jsonl("rows.jsonl"));
    assertThatThrownBy(() -> read(generation(rows.template("{{contry}}"))))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.jsonl:1: there is no column 'contry'; did you mean 'country'?");
    assertThatThrownBy(() -> rows.template("say {country}"))
        .hasMessage(
            "template: 'say {country}' has no column in it, so that all prompts would be alike; a"
                + " column stands in double braces, as in '{{question}}'");
    assertThatThrownBy(() -> generation(rows).pattern("[a"))
        .hasMessageStartingWith("pattern: '[a' is no regular expression: Unclosed character class");
    assertThatThrownBy(() -> read(generation(rows.template("{{nothing}}"))))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.jsonl:1: the prompt is empty for this tokenizer");
    assertThatThrownBy(() -> prompts())
        .hasMessage("there must be either 'prompts', a list of texts, or 'data', a dataset");
  }

  @Test
  void a_dataset_without_rows_is_an_error() throws Exception {
    new Scripted(folder).with("none.jsonl", "");
    assertThatThrownBy(() -> read(generation(prompts(DataSpec.jsonl("none.jsonl")))))
        .isInstanceOf(DataException.class)
        .hasMessage("none.jsonl has no rows");
  }

  @Test
  void what_is_declared_is_expected() throws Exception {
    assertThat(judged(generation(prompts("france")))).isEqualTo(Status.PASSED);
    assertThat(judged(generation(prompts("france")).pattern("Paris").contains("P")))
        .isEqualTo(Status.PASSED);
    assertThat(judged(generation(prompts("france", "italy")).pattern("Paris")))
        .isEqualTo(Status.FAILED);
    assertThat(judged(generation(prompts("france", "italy")).contains("P")))
        .isEqualTo(Status.FAILED);
    assertThat(judged(generation(prompts("france", "italy")).forbidden("Par")))
        .isEqualTo(Status.FAILED);
  }

  private Status judged(Generation declared) throws Exception {
    return Judge.judge(read(declared), PROBE.implied(declared)).status();
  }

  @Test
  void logits_that_are_not_finite_end_an_answer_and_fail_the_check() throws Exception {
    Generation declared = generation(prompts("france", "overflow")).forbidden("x");
    Reading reading = read(declared);
    assertThat(value(reading, "non-finite outputs")).isEqualTo(1);
    assertThat(value(reading, "stopped[not finite]")).isEqualTo(0.5);
    assertThat(reading.evidence().get(0).sentence())
        .matches(
            "prompt 2: where token 3 of the answer is to be chosen, [0-9]+ logits are NaN or"
                + " infinite");
    assertThat(judged(declared)).isEqualTo(Status.FAILED);
    assertThat(value(read(generation(prompts("france"))), "non-finite outputs")).isZero();
  }

  @Test
  void a_prompt_that_the_model_cannot_take_is_named() {
    PromptRows.Prompt prompt =
        new PromptRows.Prompt(new DataRow(16, "rows.jsonl:17", Map.of()), "text");
    assertThatThrownBy(
            () ->
                prompt.named(
                    () -> {
                      throw new ModelException(ModelException.Reason.BAD_INPUT, "too long");
                    }))
        .isInstanceOf(ModelException.class)
        .hasMessage("rows.jsonl:17: too long");
  }

  @Test
  void what_is_not_measured_says_what_must_be_declared() throws Exception {
    Generation declared = generation(prompts("france"));
    assertThat(
            Judge.judge(
                    read(declared),
                    List.of(Generation.exactMatch().isEqualTo(1)),
                    PROBE.measurements())
                .toString())
        .contains("where 'reference' is declared");
  }

  @Test
  void texts_that_every_answer_contains_are_refused() {
    assertThatThrownBy(() -> generation(prompts("france")).forbidden("x", ""))
        .hasMessage("forbidden: a text is empty, and every answer contains that");
    assertThatThrownBy(() -> generation(prompts("france")).contains(""))
        .hasMessage("contains: a text is empty, and every answer contains that");
  }

  @Test
  void prompts_of_the_suite_have_no_reference() {
    assertThatThrownBy(() -> generation(prompts("france")).reference("city"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reference: prompts that are written in the suite have no column 'city'; make them of a"
                + " dataset with that column, as in 'data: data/questions.jsonl'");
    assertThatCode(() -> generation(prompts("france")).reference("text"))
        .doesNotThrowAnyException();
  }
}
