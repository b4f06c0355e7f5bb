package org.modelvitals.language;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
  private final Set<Long> special;
  private int holders;
  private boolean forgotten;

  private LoadedTokenizer(
      Path file,
      HuggingFaceTokenizer tokenizer,
      Map<String, Long> vocabulary,
      int size,
      @Nullable String unknown,
      long padding,
      Set<Long> special) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.size = size;
    this.unknown = unknown;
    this.padding = padding;
    this.special = special;
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
      Set<Long> special = new TreeSet<>();
      for (JsonNode added : root.path("added_tokens")) {
        vocabulary.putIfAbsent(added.path("content").asString(), added.path("id").asLong());
        if (added.path("special").asBoolean(false)) {
          special.add(added.path("id").asLong());
        }
      }
      return new LoadedTokenizer(
          file,
          // Truncation would silently drop the end of a text.
          HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false")),
          vocabulary,
          size,
          unknown(model),
          padding(root.path("padding"), vocabulary),
          Collections.unmodifiableSet(special));
    } catch (IOException | JacksonException e) {
      throw new IllegalArgumentException(
          "the tokenizer %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** WordPiece, BPE and WordLevel name the token, Unigram gives its place in the list. */
  private static @Nullable String unknown(JsonNode model) {
    JsonNode named = model.path("unk_token");
    JsonNode listed =
        model.path("unk_id").isIntegralNumber()
            ? model.path("vocab").path(model.path("unk_id").asInt()).path(0)
            : model.path("unk_id");
    return named.isString() ? named.asString() : listed.isString() ? listed.asString() : null;
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

  Set<Long> special() {
    return special;
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
