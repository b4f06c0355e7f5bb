package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;

class TextsTest {
  @TempDir Path folder;

  private static List<Text> all(Texts opened) {
    List<Text> all = new ArrayList<>();
    try (Texts texts = opened) {
      for (Optional<Text> text = texts.next(); text.isPresent(); text = texts.next()) {
        all.add(text.get());
      }
    }
    return all;
  }

  @Test
  void textsOfTheSuite() {
    List<Text> texts = all(Texts.open(TextSource.texts("a b", "c"), folder::resolve));
    assertThat(texts).extracting(Text::text).containsExactly("a b", "c");
    assertThat(texts).extracting(Text::where).containsExactly("text 1", "text 2");
  }

  @Test
  void textsOfADataset() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"), "{\"body\": \"x\", \"kind\": \"k\"}\n{\"text\": \"y\"}\n");
    Texts texts =
        Texts.open(TextSource.texts(DataSpec.file("a.jsonl")).column("body"), folder::resolve);
    Text first = texts.next().orElseThrow();
    assertThat(first.text()).isEqualTo("x");
    assertThat(first.row().text("kind")).isEqualTo("k");
    assertThatThrownBy(texts::next)
        .isInstanceOf(DataException.class)
        .hasMessage("a.jsonl:2: there is no column 'body'; the columns are 'text'");
    texts.close();
  }

  @Test
  void aDeclarationHasTextsOrData() {
    assertThatThrownBy(() -> new TextSource(List.of(), null, "text"))
        .hasMessage("there must be either 'texts', a list of texts, or 'data', a dataset of texts");
    assertThatThrownBy(() -> new TextSource(List.of("a"), DataSpec.file("a.txt"), "text"))
        .hasMessageEndingWith(", and not both");
  }
}
