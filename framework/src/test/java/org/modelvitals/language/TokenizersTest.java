package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizersTest {
  static final String WORDS =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 0, "content": "<bos>", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "<unk>",
         "vocab": {"<bos>": 0, "<unk>": 1, "the": 2, "dog": 3, "sleeps": 4}}}
      """;

  @TempDir Path folder;

  private Path write(String name) throws IOException {
    return Files.writeString(folder.resolve(name), WORDS);
  }

  @Test
  void encodesAndNamesTokens() throws IOException {
    try (Tokenizer tokenizer = Tokenizers.open(write("tokenizer.json"))) {
      assertThat(tokenizer.encode("<bos> the dog", true)).containsExactly(0, 2, 3);
      assertThat(tokenizer.size()).isEqualTo(5);
      assertThat(tokenizer.token("dog")).isEqualTo(3);
      assertThat(tokenizer.name(4)).isEqualTo("sleeps");
      assertThatThrownBy(() -> tokenizer.token("sleps"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("'sleps' is no token in ")
          .hasMessageEndingWith("; expected one token; did you mean 'sleeps'?");
      assertThatThrownBy(() -> tokenizer.token("the dog"))
          .hasMessageStartingWith("'the dog' is 2 tokens (the, dog) in ");
    }
  }

  @Test
  void tellsWhatItsTokensAre() throws IOException {
    try (Tokenizer tokenizer = Tokenizers.open(write("tokenizer.json"))) {
      assertThat(tokenizer.vocabulary()).hasSize(5).containsEntry("dog", 3L);
      assertThat(tokenizer.special()).containsExactly(0L);
      assertThat(tokenizer.unknown()).hasValue(1);
    }
    Path unigram =
        Files.writeString(
            folder.resolve("unigram.json"),
            """
            {"version": "1.0", "added_tokens": [],
             "model": {"type": "Unigram", "unk_id": 1, "vocab": [["a", -1.0], ["<unk>", -2.0]]}}
            """);
    try (Tokenizer tokenizer = Tokenizers.open(unigram)) {
      assertThat(tokenizer.unknown()).hasValue(1);
    }
  }

  @Test
  void anOpenTokenizerSurvivesBeingForgotten() throws IOException {
    try (Tokenizer first = Tokenizers.open(write("first.json"))) {
      List<Tokenizer> others = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        others.add(Tokenizers.open(write(i + ".json")));
      }
      others.forEach(Tokenizer::close);
      assertThat(first.encode("dog", true)).containsExactly(3);
    }
  }

  @Test
  void whatIsNoTokenizerIsRefused() throws IOException {
    Path none = folder.resolve("none.json");
    assertThatThrownBy(() -> Tokenizers.open(none))
        .hasMessage("there is no tokenizer " + none.toAbsolutePath());
    Path other = Files.writeString(folder.resolve("config.json"), "{\"model\": 1}");
    assertThatThrownBy(() -> Tokenizers.open(other))
        .hasMessageContaining("config.json is no tokenizer.json");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{");
    assertThatThrownBy(() -> Tokenizers.open(broken))
        .hasMessageContaining("broken.json cannot be read");
  }
}
