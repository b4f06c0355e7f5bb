package org.modelvitals.sick;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every kind of check of a language model has a twin that no other kind on its card catches. That
 * the twins are caught as their rows say is tested where the rows stand.
 */
class EveryCheckHasItsTwinTest {
  private static final Set<String> KINDS =
      Set.of(
          "causality",
          "cache-equivalence",
          "cloze",
          "distribution",
          "generation",
          "generation-speed",
          "language-determinism",
          "language-parity",
          "minimal-pairs",
          "multiple-choice",
          "next-token",
          "padding-invariance",
          "perplexity",
          "position-limits",
          "question-answering",
          "structured-output",
          "summarization",
          "tokenizer",
          "translation");

  private static final Map<HealthCard, Stream<Arguments>> ROWS =
      Map.of(
          HealthCard.EXPORT, SickLanguageModelsTest.whatIsBrokenOnExportIsFoundWithoutLabels(),
          HealthCard.LANGUAGE, SickLanguageModelsTest.whatIsSaidWrongIsFoundByWhatIsKnown(),
          HealthCard.GRAMMAR, SickModelsTest.grammar(),
          HealthCard.PHRASEBOOK, SickWritersTest.tasks(),
          HealthCard.JSON, SickWritersTest.json(),
          HealthCard.WRITING, SickWritersTest.writing());

  @Test
  void everyKindOfCheckIsTheOnlyOneThatCatchesSomeTwin() {
    Set<String> alone = new TreeSet<>();
    ROWS.forEach((card, rows) -> rows.forEach(row -> addIfAlone(alone, card, row)));
    assertThat(alone).containsAll(KINDS);
  }

  private static void addIfAlone(Set<String> alone, HealthCard card, Arguments row) {
    Map<?, ?> red = (Map<?, ?>) row.get()[1];
    if (red.size() == 1) {
      alone.add(kind(card, String.valueOf(red.keySet().iterator().next())));
    }
  }

  /** What kind of check it is: the first word of its declaration. */
  private static String kind(HealthCard card, String check) {
    JsonNode declared =
        YAMLMapper.shared().readTree(Path.of("sick", card.file())).path("checks").path(check);
    assertThat(declared.isObject()).as("'%s' in %s", check, card.file()).isTrue();
    return declared.propertyNames().iterator().next();
  }
}
