package org.modelvitals.checks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** ROUGE, the stemmer and SQuAD's scores against rouge_score, NLTK and evaluate-v2.0.py. */
class TextScoresTest {

  @Test
  void rouge_equals_rouge_score() throws Exception {
    List<JsonNode> cases = TextFixture.json("rouge.json");
    for (JsonNode each : cases) {
      String candidate = each.get("candidate").asString();
      String reference = each.get("reference").asString();
      assertSame(each.get("plain"), Rouge.DEFAULT.of(candidate, reference), each);
      assertSame(each.get("stemmed"), Rouge.STEMMED.of(candidate, reference), each);
    }
    assertThat(cases).hasSize(150);
  }

  private static void assertSame(JsonNode expected, Rouge.Scores scores, JsonNode of) {
    assertSame(expected.get("rouge1"), scores.rouge1(), of);
    assertSame(expected.get("rouge2"), scores.rouge2(), of);
    assertSame(expected.get("rougeL"), scores.rougeL(), of);
    assertSame(expected.get("rougeLsum"), scores.rougeLsum(), of);
  }

  private static void assertSame(JsonNode expected, Rouge.Score score, JsonNode of) {
    assertThat(score.precision()).as("%s", of).isCloseTo(expected.get(0).asDouble(), within(1e-12));
    assertThat(score.recall()).as("%s", of).isCloseTo(expected.get(1).asDouble(), within(1e-12));
    assertThat(score.f1()).as("%s", of).isCloseTo(expected.get(2).asDouble(), within(1e-12));
  }

  @Test
  void of_several_references_the_best_counts_for_each_kind() {
    Rouge.Scores scores = Rouge.DEFAULT.of("a b c", List.of("c b a", "x b c"));
    assertThat(scores.rouge1().f1()).isEqualTo(1);
    assertThat(scores.rouge2().f1()).isEqualTo(0.5);
  }

  @Test
  void stems_equal_nltks() throws Exception {
    List<String> lines = TextFixture.lines("porter.txt");
    for (String line : lines) {
      List<String> parts = Whitespace.split(line);
      assertThat(PorterStemmer.stem(parts.get(0))).as(parts.get(0)).isEqualTo(parts.get(1));
    }
    assertThat(lines).hasSize(2000);
  }

  @Test
  void squad_scores_equal_the_evaluation_scripts() throws Exception {
    List<JsonNode> cases = TextFixture.json("squad.json");
    for (JsonNode each : cases) {
      String prediction = each.get("prediction").asString();
      SquadScore score = SquadScore.of(prediction, TextFixture.strings(each.get("answers")));
      assertThat(SquadScore.normalize(prediction)).isEqualTo(each.get("normalized").asString());
      assertThat(score.exact()).as("%s", each).isEqualTo(each.get("exact").asInt() == 1);
      assertThat(score.f1()).as("%s", each).isCloseTo(each.get("f1").asDouble(), within(1e-12));
    }
    assertThat(cases).hasSize(200);
  }
}
