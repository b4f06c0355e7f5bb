package org.modelvitals.checks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;
import tools.jackson.databind.JsonNode;

/** BLEU, chrF and TER against sacreBLEU, over random corpora with every option. */
class CorpusMetricsTest {

  @Test
  void scores_and_signatures_equal_sacrebleu() throws Exception {
    int compared = 0;
    for (JsonNode corpus : TextFixture.json("corpora.json")) {
      List<String> candidates = TextFixture.strings(corpus.get("candidates"));
      List<List<String>> references = bySegment(corpus.get("references"), candidates.size());
      for (String kind : List.of("bleu", "chrf", "ter")) {
        for (JsonNode expected : corpus.get(kind)) {
          CorpusScore score = metric(kind, expected.get("options")).of(candidates, references);
          assertThat(score.score())
              .as("%s of %s against %s, %s", kind, candidates, references, expected)
              .isCloseTo(expected.get("score").asDouble(), within(1e-9));
          assertThat(score.signature())
              .contains("|" + expected.get("signature").asString() + "|version:");
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(160 * 6);
  }

  private static List<List<String>> bySegment(JsonNode streams, int segments) {
    List<List<String>> references = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      int at = i;
      references.add(
          streams
              .valueStream()
              .filter(stream -> !stream.get(at).isNull())
              .map(stream -> stream.get(at).asString())
              .toList());
    }
    return references;
  }

  private static CorpusMetric metric(String kind, JsonNode options) {
    return switch (kind) {
      case "bleu" -> bleu(options);
      case "chrf" ->
          new Chrf(
              options.path("char_order").asInt(6),
              options.path("word_order").asInt(0),
              options.path("beta").asInt(2),
              options.path("lowercase").asBoolean(false),
              options.path("whitespace").asBoolean(false),
              options.path("eps_smoothing").asBoolean(false));
      default ->
          new Ter(
              options.path("case_sensitive").asBoolean(false),
              options.path("normalized").asBoolean(false),
              !options.path("no_punct").asBoolean(false));
    };
  }

  private static Bleu bleu(JsonNode options) {
    BleuTokenizer tokenizer =
        switch (options.path("tokenize").asString("13a")) {
          case "none" -> BleuTokenizer.NONE;
          case "intl" -> BleuTokenizer.INTL;
          case "char" -> BleuTokenizer.CHAR;
          default -> BleuTokenizer.V13A;
        };
    Smoothing smoothing =
        switch (options.path("smooth_method").asString("exp")) {
          case "none" -> Smoothing.NONE;
          case "floor" ->
              new Smoothing(Smoothing.Method.FLOOR, options.path("smooth_value").asDouble(0.1));
          case "add-k" ->
              new Smoothing(Smoothing.Method.ADD_K, options.path("smooth_value").asDouble(1));
          default -> Smoothing.EXP;
        };
    return new Bleu(
        tokenizer,
        options.path("lowercase").asBoolean(false),
        smoothing,
        options.path("max_ngram_order").asInt(4),
        options.path("effective_order").asBoolean(false));
  }

  @Test
  void a_segment_without_any_reference_is_refused_by_its_number() {
    assertThatThrownBy(() -> Bleu.DEFAULT.of(List.of("a", "b"), List.of(List.of("a"), List.of())))
        .hasMessage("segment 2 has no reference");
    assertThatThrownBy(() -> Bleu.bleu(List.of("a"), List.of()))
        .hasMessageContaining("1 candidates and references for 0");
    assertThatThrownBy(() -> Chrf.chrf(List.of(), List.of())).hasMessageContaining("at least one");
  }

  @Test
  void the_bootstrap_interval_is_reproducible_and_holds_the_score() {
    List<String> candidates = new ArrayList<>();
    List<List<String>> references = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      candidates.add("the cat " + (i % 3 == 0 ? "sat" : "lay") + " on the mat number " + i % 7);
      references.add(List.of("the cat sat on the mat number " + i % 5));
    }
    CorpusScore score = Bleu.DEFAULT.of(candidates, references);
    Interval interval = score.bootstrap(7, 1000, 0.95);

    assertThat(score.bootstrap(7, 1000, 0.95)).isEqualTo(interval);
    assertThat(score.score()).isBetween(interval.low(), interval.high());
    assertThat(interval.high() - interval.low()).isBetween(0.5, 10.0);
    // Four times the corpus, half the width.
    List<String> four = new ArrayList<>();
    List<List<String>> more = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.addAll(candidates);
      more.addAll(references);
    }
    Interval narrow = Bleu.DEFAULT.of(four, more).bootstrap(7, 1000, 0.95);
    assertThat((narrow.high() - narrow.low()) / (interval.high() - interval.low()))
        .isBetween(0.4, 0.6);
  }
}
