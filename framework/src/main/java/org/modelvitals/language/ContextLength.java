package org.modelvitals.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ValueInfo;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many tokens a model is made for, as its graph or the files beside it say. */
final class ContextLength {
  /** Keys of Hugging Face's configurations, of which a model has one or two that agree. */
  private static final List<String> KEYS =
      List.of(
          "n_positions",
          "max_position_embeddings",
          "n_ctx",
          "max_seq_len",
          "max_sequence_length",
          "seq_length",
          "context_length");

  private ContextLength() {}

  static OptionalInt of(LanguageGraph graph) {
    ValueInfo ids = graph.input(LanguageGraph.Role.IDS).orElseThrow().info();
    Dim length = ids.shape().get(1);
    if (!length.isFree() && graph.caches().isEmpty()) {
      return OptionalInt.of(Math.toIntExact(length.size()));
    }
    Path model = graph.model().file().path();
    JsonNode config = json(model.resolveSibling("config.json"));
    OptionalInt declared = number(config);
    if (declared.isEmpty()) {
      declared = number(config.path("text_config"));
    }
    return declared.isPresent()
        ? declared
        : number(json(model.resolveSibling("genai_config.json")).path("model"));
  }

  private static OptionalInt number(JsonNode config) {
    return KEYS.stream()
        .map(config::path)
        .filter(
            value -> value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0)
        .mapToInt(JsonNode::intValue)
        .findFirst();
  }

  /** A configuration that is absent or broken declares nothing. */
  private static JsonNode json(Path file) {
    try {
      return Files.exists(file)
          ? JsonMapper.shared().readTree(file)
          : JsonMapper.shared().missingNode();
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }
}
