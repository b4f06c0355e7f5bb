package org.modelvitals.language;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tokenizer in native memory, freed when it is forgotten and nobody holds it any more. */
final class LoadedTokenizer {
  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Long> vocabulary;
  private final int size;
  private final @Nullable String unknown;
  private final long padding;
  private int holders;
  private boolean forgotten;

  private LoadedTokenizer(
      Path file,
      HuggingFaceTokenizer tokenizer,
      Map<String, Long> vocabulary,
      int size,
      @Nullable String unknown,
      long padding) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.size = size;
    this.unknown = unknown;
    this.padding = padding;
  }

  static LoadedTokenizer load(Path file) {
    try {
      JsonNode root = JsonMapper.shared().readTree(file);
      JsonNode model = root.path("model");
      Map<String, Long> vocabulary = vocabulary(model.path("vocab"));
      if (vocabulary.isEmpty()) {
        throw new IllegalArgumentException(
            "%s is no tokenizer.json: it has no vocabulary at /model/vocab".formatted(file));
      }
      int size = vocabulary.size();
      for (JsonNode added : root.path("added_tokens")) {
        vocabulary.putIfAbsent(added.path("content").asString(), added.path("id").asLong());
      }
      String unknown =
          model.path("unk_token").isString() ? model.path("unk_token").asString() : null;
      return new LoadedTokenizer(
          file,
          // Truncation would silently drop the end of a text.
          HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false")),
          vocabulary,
          size,
          unknown,
          padding(root.path("padding"), vocabulary));
    } catch (IOException | JacksonException e) {
      throw new IllegalArgumentException(
          "the tokenizer %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The id in the tokenizer's own settings for padding, or of the usual names of the token. */
  private static long padding(JsonNode settings, Map<String, Long> vocabulary) {
    if (settings.path("pad_id").isNumber()) {
      return settings.path("pad_id").asLong();
    }
    return Stream.of("[PAD]", "<pad>", "<|pad|>")
        .map(vocabulary::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(0L);
  }

  /** WordPiece, BPE and WordLevel have an object from token to id, Unigram a list of pairs. */
  private static Map<String, Long> vocabulary(JsonNode node) {
    Map<String, Long> ids = new HashMap<>();
    if (node.isArray()) {
      long id = 0;
      for (JsonNode pair : node) {
        ids.putIfAbsent(pair.path(0).asString(), id++);
      }
    } else {
      node.properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().asLong()));
    }
    return ids;
  }

  Path file() {
    return file;
  }

  HuggingFaceTokenizer tokenizer() {
    return tokenizer;
  }

  Map<String, Long> vocabulary() {
    return vocabulary;
  }

  int size() {
    return size;
  }

  long padding() {
    return padding;
  }

  @Nullable String unknown() {
    return unknown;
  }

  synchronized void hold() {
    holders++;
  }

  synchronized void release() {
    holders--;
    closeIfUnused();
  }

  synchronized void forget() {
    forgotten = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (forgotten && holders == 0) {
      tokenizer.close();
    }
  }
}
