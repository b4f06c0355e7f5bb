package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;

class TemplateTest {
  private static final DataRow ROW =
      new DataRow(
          0,
          "a.jsonl:1",
          Map.of(
              "question",
              "Why $1 {not} \\2?",
              "choices",
              Map.of("text", List.of("a", "b"), "label", List.of("A", "B")),
              "n",
              3L));

  @Test
  void columnsAreFilledIn() {
    assertThat(Template.of("Q: {{question}}\nA ({{ n }}):").fill(ROW))
        .isEqualTo("Q: Why $1 {not} \\2?\nA (3):");
    assertThat(Template.of("no columns {here}").fill(ROW)).isEqualTo("no columns {here}");
    assertThat(Template.texts(ROW, "choices.text")).containsExactly("a", "b");
  }

  @Test
  void whatIsNoColumnIsToldBeforeAnythingRuns() {
    assertThatThrownBy(() -> Template.of("{{text.split(' ')[:-1]}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'{{text.split(' ')[:-1]}}' is no column; a placeholder is");
  }

  @Test
  void columnsThatAreNotThereAreNamed() {
    assertThatThrownBy(() -> Template.of("{{questoin}}").fill(ROW))
        .isInstanceOf(DataException.class)
        .hasMessage("a.jsonl:1: there is no column 'questoin'; did you mean 'question'?");
    assertThatThrownBy(() -> Template.text(ROW, "choices.texts"))
        .hasMessage("a.jsonl:1: there is no 'texts' in 'choices'");
    assertThatThrownBy(() -> Template.text(ROW, "n.texts"))
        .hasMessage("a.jsonl:1: there is no 'texts' in 'n'");
  }
}
