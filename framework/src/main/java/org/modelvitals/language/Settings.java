package org.modelvitals.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.modelvitals.model.ModelException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the files beside a model declare of it: {@code generation_config.json} and {@code
 * config.json} of Hugging Face, {@code genai_config.json} of ONNX Runtime GenAI. What they declare
 * is refused where it cannot be, with a sentence that names the file and the key.
 */
final class Settings {
  private static final String CONFIG = "config.json";

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

  /** Of T5 and its kin, whose {@code n_positions} says what they were trained on, no limit. */
  private static final String RELATIVE = "relative_attention_num_buckets";

  /** What Jackson says of a place that it does not show. */
  private static final Pattern PLACE = Pattern.compile(" ?\\([a-z ]*at \\[Source: [^\\]]*\\]\\)");

  private record Source(String file, JsonNode json) {}

  private record Setting(String file, String key, JsonNode value) {

    ModelException refused(String why) {
      return Settings.refused("%s: %s is %s%s".formatted(file, key, value, why));
    }
  }

  private final List<Source> sources;

  private Settings(List<Source> sources) {
    this.sources = sources;
  }

  /**
   * Reads the files. Those that are absent declare nothing.
   *
   * @throws ModelException naming the file, if one is no JSON
   */
  static Settings beside(Path model) {
    Source config = read(model, CONFIG);
    Source genai = read(model, "genai_config.json");
    return new Settings(
        List.of(
            read(model, "generation_config.json"),
            config,
            new Source(CONFIG, config.json().path("text_config")),
            new Source(genai.file(), genai.json().path("model"))));
  }

  private static Source read(Path model, String name) {
    Path file = model.resolveSibling(name);
    if (!Files.exists(file)) {
      return new Source(name, JsonMapper.shared().missingNode());
    }
    try {
      JsonNode json = JsonMapper.shared().readTree(file);
      if (json.isMissingNode()) {
        throw refused(name + ": no JSON: it is empty");
      }
      return new Source(name, json);
    } catch (JacksonException e) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "%s: no JSON in line %d: %s"
              .formatted(
                  name,
                  e.getLocation().getLineNr(),
                  PLACE.matcher(e.getOriginalMessage()).replaceAll("")),
          e);
    }
  }

  private static ModelException refused(String sentence) {
    return new ModelException(ModelException.Reason.BAD_INPUT, sentence);
  }

  /**
   * How many tokens the model is made for.
   *
   * @throws ModelException if what is declared is no such number
   */
  OptionalInt contextLength() {
    Optional<Setting> found =
        sources.stream()
            .filter(source -> !source.json().has(RELATIVE))
            .flatMap(source -> LENGTHS.stream().flatMap(key -> setting(source, key).stream()))
            .findFirst();
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode value = found.get().value();
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw found.get().refused("; expected a number of tokens");
    }
    int length = value.intValue();
    if (length == -1) {
      return OptionalInt.empty(); // how some configurations say that there is no limit
    }
    if (length < 1) {
      throw found.get().refused("; expected a number of tokens, at least 1");
    }
    return OptionalInt.of(length);
  }

  private static Optional<Setting> setting(Source source, String key) {
    JsonNode value = source.json().path(key);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(new Setting(source.file(), key, value));
  }

  /**
   * The token that the decoder of an encoder-decoder begins with.
   *
   * @throws ModelException if what is declared is no token of the vocabulary
   */
  OptionalLong startToken(int vocabulary) {
    return ids("decoder_start_token_id", vocabulary).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /**
   * The tokens that end a text.
   *
   * @throws ModelException if what is declared is no token of the vocabulary
   */
  List<Long> endTokens(int vocabulary) {
    return ids("eos_token_id", vocabulary);
  }

  /** By the first file that has any. */
  private List<Long> ids(String key, int vocabulary) {
    for (Source source : sources) {
      Optional<Setting> found = setting(source, key);
      List<Long> ids = found.isEmpty() ? List.of() : ids(found.get(), vocabulary);
      if (!ids.isEmpty()) {
        return ids;
      }
    }
    return List.of();
  }

  private static List<Long> ids(Setting setting, int vocabulary) {
    JsonNode value = setting.value();
    List<JsonNode> all = value.isArray() ? value.valueStream().toList() : List.of(value);
    List<Long> ids = new ArrayList<>();
    for (JsonNode each : all) {
      if (!each.isIntegralNumber() || !each.canConvertToLong()) {
        throw setting.refused("; expected the id of a token, or a list of ids");
      }
      long id = each.longValue();
      if (id < 0 || id >= vocabulary) {
        throw setting.refused(", but the model's vocabulary has %d tokens".formatted(vocabulary));
      }
      ids.add(id);
    }
    return ids;
  }
}
