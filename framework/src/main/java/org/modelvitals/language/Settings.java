package org.modelvitals.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the files beside a model declare of it: {@code generation_config.json} and {@code
 * config.json} of Hugging Face, {@code genai_config.json} of ONNX Runtime GenAI.
 */
final class Settings {
  /** Keys of Hugging Face's configurations, of which a model has one or two that agree. */
  private static final List<String> LENGTHS =
      List.of(
          "n_positions",
          "max_position_embeddings",
          "n_ctx",
          "max_seq_len",
          "max_sequence_length",
          "seq_length",
          "context_length");

  private final List<JsonNode> sources;

  private Settings(List<JsonNode> sources) {
    this.sources = sources;
  }

  /** Files that are absent or broken declare nothing. */
  static Settings beside(Path model) {
    JsonNode config = json(model.resolveSibling("config.json"));
    return new Settings(
        List.of(
            json(model.resolveSibling("generation_config.json")),
            config,
            config.path("text_config"),
            json(model.resolveSibling("genai_config.json")).path("model")));
  }

  private static JsonNode json(Path file) {
    try {
      return Files.exists(file)
          ? JsonMapper.shared().readTree(file)
          : JsonMapper.shared().missingNode();
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }

  /** How many tokens the model is made for. */
  OptionalInt contextLength() {
    for (JsonNode source : sources) {
      for (String key : LENGTHS) {
        JsonNode value = source.path(key);
        if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0) {
          return OptionalInt.of(value.intValue());
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The token that the decoder of an encoder-decoder begins with. */
  OptionalLong startToken() {
    return ids("decoder_start_token_id").stream().mapToLong(Long::longValue).findFirst();
  }

  /** The tokens that end a text. */
  List<Long> endTokens() {
    return ids("eos_token_id");
  }

  private List<Long> ids(String key) {
    for (JsonNode source : sources) {
      JsonNode value = source.path(key);
      List<Long> ids = new ArrayList<>();
      if (value.isIntegralNumber()) {
        ids.add(value.longValue());
      }
      for (JsonNode each : value) {
        ids.add(each.asLong());
      }
      if (!ids.isEmpty()) {
        return ids;
      }
    }
    return List.of();
  }
}
