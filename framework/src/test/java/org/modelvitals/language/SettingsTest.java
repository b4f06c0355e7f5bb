package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.model.ModelException;

class SettingsTest {
  @TempDir Path folder;

  private Settings settings(String file, String json) throws IOException {
    Files.writeString(folder.resolve(file), json);
    return Settings.beside(folder.resolve("model.onnx"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json        | {\"n_positions\": null, \"n_ctx\": 32}",
        "config.json        | {\"text_config\": {\"max_position_embeddings\": 32}}",
        "genai_config.json  | {\"model\": {\"context_length\": 32}}",
      })
  void theContextIsDeclaredInSeveralWays(String file, String json) throws IOException {
    assertThat(settings(file, json).contextLength()).hasValue(32);
  }

  /** T5's configurations have n_positions, and its models no end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"max_position_embeddings\": -1}",
        "{\"n_positions\": 512, \"relative_attention_num_buckets\": 32}"
      })
  void someDeclareNone(String json) throws IOException {
    assertThat(settings("config.json", json).contextLength()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"sixty-four\"", "0", "-7", "64.5", "true", "99999999999"})
  void aContextThatIsNoNumberOfTokensIsTold(String value) throws IOException {
    Settings settings = settings("config.json", "{\"n_positions\": %s}".formatted(value));
    assertThatThrownBy(settings::contextLength)
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "config.json: n_positions is %s; expected a number of tokens".formatted(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "999      | , but the model's vocabulary has 57 tokens",
        "[2, -1]  | , but the model's vocabulary has 57 tokens",
        "\"end\"  | ; expected the id of a token, or a list of ids",
      })
  void anIdThatIsNoTokenIsTold(String value, String why) throws IOException {
    String json = "{\"eos_token_id\": %s, \"decoder_start_token_id\": 999}".formatted(value);
    Settings settings = settings("generation_config.json", json);
    assertThatThrownBy(() -> settings.endTokens(57))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "generation_config.json: eos_token_id is %s%s"
                .formatted(value.replace(", ", ","), why));
    assertThatThrownBy(() -> settings.startToken(57))
        .hasMessageStartingWith("generation_config.json: decoder_start_token_id is 999");
  }

  @Test
  void idsAreThoseOfTheFirstFileThatHasAny() throws IOException {
    settings("generation_config.json", "{\"eos_token_id\": null}");
    Settings settings = settings("config.json", "{\"eos_token_id\": [2, 7]}");
    assertThat(settings.endTokens(57)).containsExactly(2L, 7L);
    assertThat(settings.startToken(57)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | : it is empty",
        "{                    | ' in line 1: Unexpected end-of-input: expected close marker for Object'",
        "{\"n_positions\" 64}  | ' in line 1: Unexpected character'",
      })
  void aBrokenFileIsTold(String json, String why) {
    assertThatThrownBy(() -> settings("config.json", json))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("config.json: no JSON" + why)
        .hasMessageNotContaining("Source");
  }
}
