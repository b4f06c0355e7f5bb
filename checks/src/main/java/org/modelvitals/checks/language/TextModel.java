package org.modelvitals.checks.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A language model with its tokenizer, as a probe declares them. Where there is no tokenizer, texts
 * are the ids of their tokens. The model is not closed here.
 */
public final class TextModel implements AutoCloseable {
  private static final String TOKENIZER = "tokenizer.json";

  /** What is declared in place of a {@code tokenizer.json} where texts are ids of tokens. */
  public static final String NONE = "none";

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final @Nullable Path tokenizerFile;
  private final Path modelFile;

  private TextModel(
      LanguageModel model, Tokenizer tokenizer, @Nullable Path tokenizerFile, Path modelFile) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.tokenizerFile = tokenizerFile;
    this.modelFile = modelFile;
  }

  /**
   * The suite's model; the caller closes the result.
   *
   * @throws ProbeException if the tokenizer cannot be read
   */
  public static TextModel open(ProbeContext context, LanguageSetup setup) {
    LanguageInputs inputs = setup.inputs();
    LanguageModel model =
        LanguageModel.of(context.model(), inputs == null ? LanguageInputs.CONVENTION : inputs);
    Path file = tokenizerFile(context, setup.tokenizer()).orElse(null);
    return new TextModel(
        model, tokenizer(file, model::vocabulary), file, context.modelFile().path());
  }

  /**
   * The tokenizer of a file, or, without one, the ids themselves. The caller closes it.
   *
   * @param vocabulary how many tokens the model knows
   * @throws ProbeException if the file cannot be read
   */
  public static Tokenizer tokenizer(@Nullable Path file, IntSupplier vocabulary) {
    try {
      return file == null ? Tokenizer.ofIds(vocabulary.getAsInt()) : Tokenizers.open(file);
    } catch (IllegalArgumentException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The {@code tokenizer.json} that is declared, or the one beside the model; empty if there is
   * none, or {@value #NONE} is declared.
   *
   * @throws ProbeException if there is no file of the declared name
   */
  public static Optional<Path> tokenizerFile(ProbeContext context, @Nullable String declared) {
    if (declared != null) {
      return declared.equals(NONE) ? Optional.empty() : Optional.of(context.resolve(declared));
    }
    return Optional.of(context.modelFile().path().resolveSibling(TOKENIZER)).filter(Files::exists);
  }

  public LanguageModel model() {
    return model;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The {@code tokenizer.json} that was opened; empty if texts are ids. */
  public Optional<Path> tokenizerFile() {
    return Optional.ofNullable(tokenizerFile);
  }

  /**
   * The row as a probe of texts reads it: without a tokenizer, lists of ids are texts.
   *
   * @param except a column that is left as it is
   */
  DataRow readable(DataRow row, @Nullable String except) {
    return readable(tokenizer, row, except);
  }

  /**
   * The row as texts for a tokenizer: for one of ids, lists of ids are texts.
   *
   * @param except a column that is left as it is
   */
  public static DataRow readable(Tokenizer tokenizer, DataRow row, @Nullable String except) {
    return tokenizer.readsTexts() ? row : IdTexts.of(row, except);
  }

  /**
   * The ids of a text's tokens, all of which the model knows.
   *
   * @param special whether the tokenizer adds its special tokens
   * @throws DataException if texts are ids, and this is none
   * @throws ModelException if the model does not know a token
   */
  public long[] encode(String text, boolean special) {
    try {
      long[] ids = tokenizer.encode(text, special);
      model.requireKnown(text, ids, tokenizer);
      return ids;
    } catch (IllegalArgumentException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * As {@link #encode(String, boolean)}.
   *
   * @param where where the text stands, which is said if something is wrong with it
   */
  long[] encode(String where, String text, boolean special) {
    try {
      return encode(text, special);
    } catch (DataException e) {
      throw new DataException("%s: %s".formatted(where, e.getMessage()), e);
    } catch (ModelException e) {
      throw new ModelException(e.reason(), "%s: %s".formatted(where, e.getMessage()), e);
    }
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
    JsonNode names =
        tokenizerFile == null
            ? JsonMapper.shared().createObjectNode()
            : json(tokenizerFile.resolveSibling("tokenizer_config.json"));
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
