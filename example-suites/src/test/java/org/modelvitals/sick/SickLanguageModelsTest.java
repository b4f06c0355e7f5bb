package org.modelvitals.sick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sick twin turns the checks red that its disease is about, and no other, with a reason. */
class SickLanguageModelsTest {
  private static final String TOKENIZER = "agrees with its tokenizer";
  private static final String FUTURE = "does not see the future";
  private static final String CACHE = "remembers what it read";
  private static final String ROWS = "minds its own row";
  private static final String SAME = "says the same every time";
  private static final String LIMITS = "knows its limits";
  private static final String PARITY = "says what full precision says";

  private static final String ORDER = "speaks in good order";
  private static final String TRUTH = "speaks by the grammar";
  private static final String CORPUS = "predicts unseen texts";
  private static final String PAIRS = "tells right from wrong";
  private static final String ENDINGS = "ends sentences as the grammar does";
  private static final String NEXT = "finds the next word";

  @TempDir private Path folder;

  /** Exports that are in order, whatever their convention. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "grammar-lm/model.onnx",
        "grammar-lm/model_with_past.onnx",
        "grammar-exports/decoder_model_merged.onnx",
        "grammar-exports/layer_cache.onnx",
        "grammar-exports/static_cache.onnx",
        "grammar-exports/one_token.onnx",
        "grammar-exports/int32.onnx",
        "grammar-exports/ids_only.onnx",
        "grammar-exports/bfloat16.onnx",
        "grammar-exports/float16.onnx",
        "grammar-exports/int8.onnx"
      })
  void aHealthyExportPasses(String model) throws IOException {
    assertThat(HealthCard.EXPORT.redChecks("../models/" + model, folder)).isEmpty();
    assertThat(HealthCard.LANGUAGE.redChecks("../models/" + model, folder)).isEmpty();
    assertThat(HealthCard.GOLDEN.redChecks("../models/" + model, folder)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void whatIsBrokenOnExportIsFoundWithoutLabels(String twin, Map<String, String> red)
      throws IOException {
    HealthCard.EXPORT.assertRed(twin, red, folder);
  }

  static Stream<Arguments> whatIsBrokenOnExportIsFoundWithoutLabels() {
    return Stream.of(
        arguments(
            "models/grammar-lm/sees-future.onnx",
            Map.of(FUTURE, "with token 1 changed", PARITY, "the reference with 'the'")),
        arguments(
            "models/grammar-lm/sees-next.onnx",
            Map.of(
                FUTURE, "with token 1 changed",
                CACHE, "fed as 1 token and then one at a time from the cache",
                PARITY, "the reference with")),
        arguments(
            "models/grammar-lm/sees-itself.onnx",
            Map.of(FUTURE, "no logit depends on the token before", PARITY, "the reference with")),
        arguments(
            "models/grammar-lm/ignores-mask.onnx",
            Map.of(ROWS, "on the left in a batch of 4 rows")),
        arguments("models/grammar-lm/infinite-mask.onnx", Map.of(ROWS, "NaN")),
        arguments(
            "../models/grammar-exports/grouped_query.onnx",
            Map.of(ROWS, "on the left in a batch of 4 rows")),
        arguments(
            "models/grammar-lm/positions-restart.onnx",
            Map.of(CACHE, "from the cache, after position 1")),
        arguments(
            "models/grammar-lm/cache-off-by-one.onnx",
            Map.of(CACHE, "from the cache, after position 2")),
        arguments("models/grammar-lm/batch-leak.onnx", Map.of(ROWS, "in a batch of 4 rows")),
        arguments(
            "models/grammar-lm/whispers-answer.onnx", Map.of(FUTURE, "(0.03 apart, 0.0011438")),
        arguments("models/grammar-lm/noise.onnx", Map.of(SAME, "run again for the 1. time")),
        arguments(
            "models/grammar-lm/positions-wrap.onnx",
            Map.of(LIMITS, "positions count from 0 again after the limit")),
        arguments(
            "models/grammar-lm/int8-wrong-scale.onnx", Map.of(PARITY, "mean kl divergence is")),
        // Its scales come from all that is computed at once: later tokens and other rows.
        arguments(
            "models/grammar-lm/int8-dynamic.onnx",
            Map.of(
                FUTURE, "with token 1 changed",
                CACHE, "from the cache",
                ROWS, "DynamicQuantizeLinear")),
        arguments(
            "models/grammar-lm/swapped-tokens.onnx", Map.of(PARITY, "expected at most 0.002 nats")),
        arguments(
            "models/grammar-tokenizer/bigger-than-model",
            Map.of(
                TOKENIZER, "3 are out of the model's range, the first of which is 57 ('zebra')")),
        arguments(
            "models/grammar-tokenizer/word-missing", Map.of(TOKENIZER, "unknown tokens is 0.")),
        arguments(
            "models/grammar-tokenizer/eos-renamed",
            Map.of(TOKENIZER, "names '<eos>' as eos_token, which is not in the vocabulary")));
  }

  @ParameterizedTest
  @CsvSource({
    "int8-wrong-scale, mean kl divergence is 0.0",
    "swapped-tokens, 'chases'",
    "noise, ",
    "positions-restart, "
  })
  void whatAnApprovedModelSaidIsRemembered(String twin, @Nullable String red) throws IOException {
    HealthCard.GOLDEN.assertRed(
        "models/grammar-lm/" + twin + ".onnx",
        red == null ? Map.of() : Map.of("says what it said", red),
        folder);
  }

  @ParameterizedTest
  @MethodSource
  void whatIsSaidWrongIsFoundByWhatIsKnown(String twin, Map<String, String> red)
      throws IOException {
    HealthCard.LANGUAGE.assertRed(twin, red, folder);
  }

  static Stream<Arguments> whatIsSaidWrongIsFoundByWhatIsKnown() {
    return Stream.of(
        // Whole texts only show it: at the end of a prefix there is no answer to leak.
        arguments(
            "models/grammar-lm/leaks-answer.onnx",
            Map.of(CORPUS, "nats per token is 0.312", ENDINGS, "normalised accuracy is 43.3")),
        arguments(
            "models/grammar-lm/whispers-answer.onnx", Map.of(CORPUS, "nats per token is 1.82")),
        arguments("models/grammar-lm/blunted.onnx", Map.of(TRUTH, "mean kl divergence is 0.0047")),
        arguments(
            "models/grammar-lm/tied-special.onnx",
            Map.of(ORDER, "at all 6,046 positions: '<pad>', '<unk>'")),
        arguments("models/grammar-lm/likes-cats.onnx", Map.of(NEXT, "accuracy is 31.25 %")),
        arguments(
            "models/grammar-lm/rarely-today.onnx",
            Map.of(ENDINGS, "normalised accuracy is 39.167 %")),
        arguments("models/grammar-lm/spoilt-phrase.onnx", Map.of(PAIRS, "the red boat follows")),
        arguments(
            "models/grammar-lm/softmaxed.onnx",
            Map.of(
                ORDER, "are probabilities already",
                TRUTH, "are probabilities already",
                CORPUS, "nats per token is 3.8",
                ENDINGS, "normalised accuracy is 30.8",
                NEXT, "are probabilities already",
                PAIRS, "are probabilities already")),
        arguments(
            "models/grammar-lm/collapsed.onnx",
            Map.of(
                ORDER, "collapsed positions is 81.7",
                TRUTH, "mean kl divergence is 17.4",
                CORPUS, "nats per token is 18.7",
                ENDINGS, "accuracy is 48.3")),
        arguments(
            "models/grammar-lm/flat.onnx",
            Map.of(
                ORDER, "flat positions is 100 %",
                TRUTH, "mean kl divergence is 1.93",
                CORPUS, "nats per token is 3.79",
                ENDINGS, "normalised accuracy is 30 %")),
        arguments(
            "models/grammar-lm/dead-word.onnx",
            Map.of(
                ORDER, "1 of 57 tokens never reach a probability of 1.000e-12: 'today'",
                TRUTH, "'today'",
                CORPUS, "'today'",
                ENDINGS, "accuracy is 52.5 %")),
        arguments(
            "models/grammar-lm/never-stops.onnx",
            Map.of(TRUTH, "'<eos>' should be", CORPUS, "'<eos>'", NEXT, "'<eos>'")),
        arguments(
            "models/grammar-lm/tied-logits.onnx",
            Map.of(
                ORDER, "the same logit, to the bit, at all 6,046 positions: 'sees', 'see'",
                TRUTH, "mean kl divergence is 0.369",
                CORPUS, "nats per token is 1.99",
                PAIRS, "sees",
                ENDINGS, "normalised accuracy is 44.1")),
        arguments(
            "models/grammar-lm/swapped-tokens.onnx",
            Map.of(
                TRUTH, "'chase' is the most probable token there, 'chases' should be",
                CORPUS, "nats per token is 2.17",
                PAIRS, "chase",
                ENDINGS, "accuracy is 38.3")),
        // A tokenizer of the same size that loses nothing: only what the model says of dogs shows
        // it.
        arguments(
            "models/grammar-tokenizer/swapped-ids",
            Map.of(
                TRUTH, "'chases' should be",
                CORPUS, "'dogs', with log-probability -14",
                PAIRS, "dog",
                ENDINGS, "accuracy is 38.3")),
        arguments(
            "models/grammar-lm/nan-word.onnx",
            Map.of(
                ORDER, "57 of 57 logits are no finite numbers",
                TRUTH, "57 of 57 logits are no finite numbers",
                CORPUS, "is NaN",
                PAIRS, "is no number, or",
                ENDINGS, "is no number, or",
                NEXT, "is NaN")));
  }
}
