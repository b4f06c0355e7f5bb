package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.generation.Prompts.prompts;
import static org.modelvitals.checks.generation.QuestionAnswering.questionAnswering;
import static org.modelvitals.checks.generation.Scripted.value;
import static org.modelvitals.checks.generation.Summarization.summarization;
import static org.modelvitals.checks.generation.Translation.translation;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.text.Bleu;
import org.modelvitals.checks.text.BleuTokenizer;
import org.modelvitals.checks.text.Chrf;
import org.modelvitals.checks.text.Rouge;
import org.modelvitals.checks.text.Ter;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Reading;

class TaskProbesTest {

  @TempDir Path folder;

  private static Prompts rows(String template) {
    return prompts(DataSpec.jsonl("rows.jsonl")).template(template);
  }

  @Test
  void questions_are_scored_as_squad_does() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with(
                "rows.jsonl",
                """
                {"question": "france", "answers": {"text": ["paris!", "Paname"], "answer_start": [0, 0]}}
                {"question": "italy", "answers": ["Rome"]}
                {"question": "atlantis", "answers": []}
                {"question": "hund", "answers": {"text": [], "answer_start": []}}
                """)
            .read(new QuestionAnsweringProbe(), questionAnswering(rows("{{question}}")));
    assertThat(value(reading, "exact match")).isEqualTo(0.5);
    // "the City of Rome" is "city of rome" without the article: one word of three, and all of one.
    assertThat(value(reading, "f1")).isCloseTo((1 + 0.5 + 1 + 0) / 4, within(1e-12));
    assertThat(value(reading, "exact match[answerable]")).isEqualTo(0.5);
    assertThat(value(reading, "f1[answerable]")).isCloseTo(0.75, within(1e-12));
    assertThat(value(reading, "exact match[unanswerable]")).isEqualTo(0.5);
    assertThat(value(reading, "questions")).isEqualTo(4);
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "rows.jsonl:2: after 'italy' expected 'Rome', got 'the City of Rome' (ended by itself);"
                + " 2 answers are wrong");
  }

  @Test
  void translations_are_scored_as_one_corpus() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with(
                "rows.jsonl",
                """
                {"german": "hund", "reference": "a small dog sleeps here ."}
                {"german": "katze", "reference": ["two cats are sleeping there!", "a cat"]}
                """)
            .read(new TranslationProbe(), translation(rows("{{german}}")));
    List<String> texts = List.of("a small dog sleeps here .", "two cats sleep there !");
    List<List<String>> references =
        List.of(
            List.of("a small dog sleeps here ."), List.of("two cats are sleeping there!", "a cat"));
    assertThat(value(reading, "bleu"))
        .isEqualTo(Bleu.DEFAULT.of(texts, references).score())
        .isBetween(60.0, 80.0);
    assertThat(value(reading, "chrf")).isEqualTo(Chrf.DEFAULT.of(texts, references).score());
    assertThat(value(reading, "chrf++")).isEqualTo(Chrf.PLUS_PLUS.of(texts, references).score());
    assertThat(value(reading, "ter")).isEqualTo(Ter.DEFAULT.of(texts, references).score());
    assertThat(value(reading, "brevity penalty")).isCloseTo(Math.exp(1 - 12.0 / 11), within(1e-12));
    assertThat(reading.measurement("bleu").orElseThrow().interval())
        .isEqualTo(Share.within(Bleu.DEFAULT.of(texts, references).bootstrap(1, 1000, 0.95), 100));
    assertThat(reading.measurement("signature[bleu]").orElseThrow().text())
        .startsWith("BLEU|nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|version:");
    assertThat(reading.evidence().get(0).sentence()).contains("(BP = 0.913 ratio = 0.917");
    Evidence.Table worst = (Evidence.Table) reading.evidence().get(1);
    assertThat(worst.rows()).hasSize(1);
    assertThat(worst.sentence())
        .startsWith(
            "rows.jsonl:2: after 'katze' expected 'two cats are sleeping there!' or 'a cat', got"
                + " 'two cats sleep there !' (chrF2 ");
  }

  @Test
  void what_is_declared_of_a_translation_stands_in_the_signature() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with("rows.jsonl", "{\"text\": \"hund\", \"english\": \"A dog.\"}\n")
            .read(
                new TranslationProbe(),
                translation(rows("{{text}}"))
                    .reference("english")
                    .tokenize(BleuTokenizer.CHAR)
                    .ignoringCase());
    assertThat(reading.measurement("signature[bleu]").orElseThrow().text())
        .startsWith("BLEU|nrefs:1|case:lc|eff:no|tok:char|smooth:exp|");
    assertThat(reading.measurement("signature[chrf++]").orElseThrow().text())
        .startsWith("chrF2++|nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|");
  }

  @Test
  void a_row_without_a_reference_is_named() throws Exception {
    Scripted scripted =
        new Scripted(folder).with("rows.jsonl", "{\"text\": \"hund\", \"reference\": [\"\"]}\n");
    assertThatThrownBy(() -> scripted.read(new TranslationProbe(), translation(rows("{{text}}"))))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.jsonl:1: the column 'reference' holds no text that is not empty");
  }

  @Test
  void summaries_are_scored_by_rouge() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with(
                "rows.jsonl",
                """
                {"text": "hund", "summary": "a dog sleeps"}
                {"text": "katze", "summary": ["cats", "two cats sleep there!"]}
                """)
            .read(new SummarizationProbe(), summarization(rows("{{text}}")));
    Rouge.Scores first = Rouge.DEFAULT.of("a small dog sleeps here .", "a dog sleeps");
    assertThat(value(reading, "rouge-1")).isCloseTo((first.rouge1().f1() + 1) / 2, within(1e-12));
    assertThat(value(reading, "rouge-2")).isCloseTo((first.rouge2().f1() + 1) / 2, within(1e-12));
    assertThat(value(reading, "rouge-l[recall]")).isEqualTo(1);
    assertThat(value(reading, "rouge-l[precision]")).isCloseTo((0.6 + 1) / 2, within(1e-12));
    assertThat(value(reading, "summaries")).isEqualTo(2);
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "rows.jsonl:1: after 'hund' expected 'a dog sleeps', got 'a small dog sleeps here .'"
                + " (ROUGE-L 0.750)");
  }

  @Test
  void datasets_without_rows_are_errors() throws Exception {
    Scripted scripted = new Scripted(folder).with("rows.jsonl", "");
    assertThatThrownBy(() -> scripted.read(new TranslationProbe(), translation(rows("{{text}}"))))
        .hasMessage("rows.jsonl has no rows");
    assertThatThrownBy(
            () -> scripted.read(new SummarizationProbe(), summarization(rows("{{text}}"))))
        .hasMessage("rows.jsonl has no rows");
    assertThatThrownBy(
            () -> scripted.read(new QuestionAnsweringProbe(), questionAnswering(rows("{{text}}"))))
        .hasMessage("rows.jsonl has no rows");
  }

  @Test
  void prompts_of_the_suite_have_no_answers() {
    assertThatThrownBy(() -> questionAnswering(prompts("france")))
        .hasMessageStartingWith(
            "reference: prompts that are written in the suite have no column 'answers'; ");
    assertThatThrownBy(() -> translation(prompts("hund")))
        .hasMessageStartingWith(
            "reference: prompts that are written in the suite have no column 'reference'; ");
    assertThatThrownBy(() -> summarization(prompts("hund")))
        .hasMessageStartingWith(
            "reference: prompts that are written in the suite have no column 'summary'; ");
  }

  @Test
  void intervals_are_where_scores_can_be() throws Exception {
    Scripted scripted =
        new Scripted(folder)
            .with(
                "rows.jsonl",
                """
                {"text": "hund", "answers": "a small dog sleeps here", "summary": "a small dog sleeps here"}
                {"text": "katze", "answers": "mice", "summary": "two cats"}
                """);
    Interval f1 =
        interval(
            scripted.read(new QuestionAnsweringProbe(), questionAnswering(rows("{{text}}"))), "f1");
    assertThat(f1.low()).isZero();
    assertThat(f1.high()).isEqualTo(1);
    Interval rouge =
        interval(
            scripted.read(new SummarizationProbe(), summarization(rows("{{text}}"))), "rouge-1");
    assertThat(rouge.low()).isBetween(0.0, 1.0);
    assertThat(rouge.high()).isBetween(0.0, 1.0);
  }

  @Test
  void one_translation_tells_nothing_of_others() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with("rows.jsonl", "{\"text\": \"hund\", \"reference\": \"a dog sleeps here .\"}\n")
            .read(new TranslationProbe(), translation(rows("{{text}}")));
    assertThat(reading.measurement("bleu").orElseThrow().note())
        .isEqualTo("one segment alone does not tell how others fare");
    assertThat(interval(reading, "bleu").low()).isZero();
    assertThat(interval(reading, "bleu").high()).isEqualTo(100);
    assertThat(interval(reading, "ter").low()).isZero();
    assertThat(interval(reading, "ter").high()).isInfinite();
  }

  private static Interval interval(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().interval(), name);
  }
}
