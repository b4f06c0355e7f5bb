package org.modelvitals.checks.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A language model with its tokenizer, as a probe declares them. The model is not closed here. */
public final class TextModel implements AutoCloseable {
  private static final String TOKENIZER = "tokenizer.json";

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final Path tokenizerFile;
  private final Path modelFile;

  private TextModel(LanguageModel model, Tokenizer tokenizer, Path tokenizerFile, Path modelFile) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.tokenizerFile = tokenizerFile;
    this.modelFile = modelFile;
  }

  /**
   * The suite's model; the caller closes the result.
   *
   * @throws ProbeException if there is no tokenizer
   */
  public static TextModel open(ProbeContext context, LanguageSetup setup) {
    Path file = tokenizerFile(context, setup.tokenizer());
    LanguageInputs inputs = setup.inputs();
    LanguageModel model =
        LanguageModel.of(context.model(), inputs == null ? LanguageInputs.CONVENTION : inputs);
    try {
      return new TextModel(model, Tokenizers.open(file), file, context.modelFile().path());
    } catch (IllegalArgumentException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The {@code tokenizer.json} that is declared, or the one beside the model.
   *
   * @throws ProbeException if there is none
   */
  public static Path tokenizerFile(ProbeContext context, @Nullable String declared) {
    if (declared != null) {
      return context.resolve(declared);
    }
    Path beside = context.modelFile().path().resolveSibling(TOKENIZER);
    if (!Files.exists(beside)) {
      throw new ProbeException(
          "there is no tokenizer.json beside the model; name one with 'tokenizer'");
    }
    return beside;
  }

  public LanguageModel model() {
    return model;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The {@code tokenizer.json} that was opened. */
  public Path tokenizerFile() {
    return tokenizerFile;
  }

  /**
   * The ids of a text's tokens, all of which the model knows.
   *
   * @param special whether the tokenizer adds its special tokens
   * @throws org.modelvitals.model.ModelException if the model does not know a token
   */
  public long[] encode(String text, boolean special) {
    long[] ids = tokenizer.encode(text, special);
    model.requireKnown(text, ids, tokenizer);
    return ids;
  }

  /**
   * The id of a token that a declaration names.
   *
   * @throws DataException with the nearest token if there is none
   */
  public long token(String name) {
    try {
      long id = tokenizer.token(name);
      model.requireKnown(name, new long[] {id}, tokenizer);
      return id;
    } catch (IllegalArgumentException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The token that stands before a text that nothing else stands before: the one that is declared,
   * or the first of these that is there: {@code bos_token}, {@code eos_token} of {@code
   * tokenizer_config.json} beside the tokenizer, {@code bos_token_id}, {@code eos_token_id} of
   * {@code config.json} beside the model. This is lm-evaluation-harness's {@code prefix_token_id}.
   *
   * @throws ProbeException if nothing names one
   */
  public long prefix(@Nullable String declared) {
    if (declared != null) {
      return token(declared);
    }
    JsonNode names = json(tokenizerFile.resolveSibling("tokenizer_config.json"));
    JsonNode ids = json(modelFile.resolveSibling("config.json"));
    return named(names.path("bos_token"))
        .or(() -> named(names.path("eos_token")))
        .map(this::token)
        .or(() -> number(ids, "bos_token_id"))
        .or(() -> number(ids, "eos_token_id"))
        .orElseThrow(
            () ->
                new ProbeException(
                    "neither tokenizer_config.json nor config.json names a token for the beginning"
                        + " or end of a text; name one with 'prefix'"));
  }

  private static Optional<String> named(JsonNode node) {
    JsonNode content = node.isObject() ? node.path("content") : node;
    return content.isString() ? Optional.of(content.asString()) : Optional.empty();
  }

  /** Some configurations name several ends of a text; the first is the one that is meant here. */
  private Optional<Long> number(JsonNode config, String key) {
    JsonNode node = config.path(key);
    JsonNode first = node.isArray() ? node.path(0) : node;
    if (!first.isIntegralNumber()) {
      return Optional.empty();
    }
    long id = first.asLong();
    if (id < 0 || id >= model.vocabulary()) {
      throw new ProbeException(
          "%s in config.json is %s, but the model knows the tokens 0 to %d only; correct it, or name a token with 'prefix'"
              .formatted(key, first, model.vocabulary() - 1));
    }
    return Optional.of(id);
  }

  private static JsonNode json(Path file) {
    if (!Files.exists(file)) {
      return JsonMapper.shared().createObjectNode();
    }
    try {
      return JsonMapper.shared().readTree(file);
    } catch (JacksonException e) {
      throw new DataException("%s: no JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
