package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;

/**
 * The language model of the grammar in the conventions that exports have: the same tokens give the
 * logits of the plain export, whatever the cache, in one pass, in steps, in a batch, and padded.
 */
class ConventionsTest {
  private static final long[] LONG = {1, 5, 20, 31, 9, 12, 40, 7, 22, 50};
  private static final long[] SHORT = {1, 6, 33, 18};

  /** Logits after each token, from the plain export, one row at a time. */
  private static double[][] expected(long[] tokens) {
    try (Model model = TestModels.load(TestModels.grammar().resolve("model.onnx"))) {
      return copy(LanguageModel.of(model).score(TokenRows.of(tokens)), 0);
    }
  }

  private static double[][] copy(Logits logits, int row) {
    double[][] copy = new double[logits.positions(row)][logits.vocabulary()];
    for (int position = 0; position < copy.length; position++) {
      logits.read(row, position, copy[position]);
    }
    return copy;
  }

  private static void assertClose(double[][] found, double[][] expected, double tolerance) {
    assertThat(found).hasDimensions(expected.length, expected[0].length);
    for (int position = 0; position < expected.length; position++) {
      for (int token = 0; token < expected[0].length; token++) {
        assertThat(found[position][token])
            .as("position %d, token %d", position, token)
            .isCloseTo(expected[position][token], within(tolerance));
      }
    }
  }

  /** float16 has 11 bits, bfloat16 has 8, and logits are as large as 20. */
  @ParameterizedTest
  @CsvSource({
    "grammar-lm/model.onnx, 1e-4, float32, 0",
    "grammar-lm/model_with_past.onnx, 1e-4, float32, 4",
    "grammar-exports/decoder_model_merged.onnx, 1e-4, float32, 4",
    "grammar-exports/layer_cache.onnx, 1e-4, float32, 2",
    "grammar-exports/grouped_query.onnx, 1e-4, float32, 4",
    "grammar-exports/static_cache.onnx, 1e-4, float32, 4",
    "grammar-exports/one_token.onnx, 1e-4, float32, 4",
    "grammar-exports/int32.onnx, 1e-4, float32, 4",
    "grammar-exports/ids_only.onnx, 1e-4, float32, 0",
    "grammar-exports/float16.onnx, 0.1, float16, 4",
    "grammar-exports/bfloat16.onnx, 0.3, bfloat16, 4",
    "grammar-exports/int8.onnx, 1.0, float32, 4",
  })
  void everyConventionGivesTheSameLogits(String file, double tolerance, String type, int caches) {
    Path path = TestModels.examples().resolve(file);
    double[][] all = expected(LONG);
    double[][] few = expected(SHORT);
    try (Model model = TestModels.load(path)) {
      LanguageModel language = LanguageModel.of(model);
      assertThat(language.vocabulary()).isEqualTo(57);
      assertThat(language.contextLength()).hasValue(64);
      assertThat(language.hasCache()).isEqualTo(caches > 0);
      assertThat(language.convention())
          .contains("'input_ids' (token ids)")
          .contains("'logits' (" + type + ")")
          .contains(caches == 0 ? "without a cache" : "a cache of " + caches + " tensors");

      Logits alone = language.score(TokenRows.of(LONG));
      assertThat(alone.type()).hasToString(type);
      assertClose(copy(alone, 0), all, tolerance);

      Logits right = language.score(TokenRows.of(LONG, SHORT));
      assertClose(copy(right, 0), all, tolerance);
      assertClose(copy(right, 1), few, tolerance);

      try (Decoding decoding = language.decoding()) {
        assertThat(decoding.recomputes()).isEqualTo(caches == 0);
        for (int prefilled = 1; prefilled < LONG.length; prefilled += 3) {
          List<double[]> found =
              new ArrayList<>(
                  Arrays.asList(
                      copy(decoding.prefill(TokenRows.of(Arrays.copyOf(LONG, prefilled))), 0)));
          for (int i = prefilled; i < LONG.length; i++) {
            found.addAll(Arrays.asList(copy(decoding.step(LONG[i]), 0)));
          }
          assertClose(found.toArray(double[][]::new), all, tolerance);
          assertThat(decoding.length()).isEqualTo(LONG.length);
        }
        long bytes = ElementType.valueOf(type.toUpperCase(Locale.ROOT)).bytes();
        assertThat(decoding.cacheBytes())
            .isEqualTo(caches == 0 ? 0 : 2L * 2 * 4 * headSize(file) * places(file) * bytes);
      }
    }
  }

  /** The operator of grouped queries wants a multiple of 8, so its export is filled up. */
  private static int headSize(String file) {
    return file.contains("grouped_query") ? 16 : 12;
  }

  /** A static cache has all its places from the beginning. */
  private static int places(String file) {
    return file.contains("static") ? 64 : LONG.length;
  }

  @Test
  void sequencesOfAFixedLengthAreFilledUp() {
    double[][] all = expected(LONG);
    Path file = TestModels.examples().resolve("grammar-exports/fixed_length.onnx");
    try (Model model = TestModels.load(file)) {
      LanguageModel language = LanguageModel.of(model);
      assertThat(language.contextLength()).hasValue(32);
      assertThat(language.fixedRows()).hasValue(1);
      assertClose(copy(language.score(TokenRows.of(LONG)), 0), all, 1e-4);
      try (Decoding decoding = language.decoding();
          Generator generator = Generator.of(language, null)) {
        decoding.prefill(TokenRows.of(Arrays.copyOf(LONG, 6)));
        for (int i = 6; i < LONG.length; i++) {
          double[][] found = copy(decoding.step(LONG[i]), 0);
          assertClose(found, new double[][] {all[i]}, 1e-4);
        }
        assertThat(generator.generate(LONG, Sampling.GREEDY, Stopping.after(99).tokens(0L)))
            .satisfies(text -> assertThat(text.end()).isEqualTo(Generated.End.CONTEXT))
            .satisfies(text -> assertThat(text.tokens()).hasSize(32 - LONG.length + 1));
      }
      assertThatThrownBy(() -> language.score(TokenRows.of(new long[33])))
          .hasMessage("row 0 has 33 tokens and the model's context 32");
    }
  }

  @Test
  void promptsGoThroughTheCacheWhereACallTakesOneToken() {
    Path file = TestModels.examples().resolve("grammar-exports/one_token.onnx");
    try (Model model = TestModels.load(file);
        Model whole = TestModels.load(TestModels.grammar().resolve("model.onnx"))) {
      LanguageModel language = LanguageModel.of(model);
      assertThat(language.takesOneToken()).isTrue();
      assertThat(LanguageModel.of(whole).takesOneToken()).isFalse();
      Stopping after = Stopping.after(12).tokens(0L);
      try (Generator ours = Generator.of(language, null);
          Generator theirs = Generator.of(LanguageModel.of(whole), null)) {
        assertThat(ours.generate(SHORT, Sampling.GREEDY, after).tokens())
            .isEqualTo(theirs.generate(SHORT, Sampling.GREEDY, after).tokens());
      }
    }
  }

  @Test
  void cachesMayHaveFewerHeadsThanQueries() {
    Path file = TestModels.examples().resolve("grammar-exports/few_keys.onnx");
    try (Model model = TestModels.load(file)) {
      LanguageModel language = LanguageModel.of(model);
      double[][] all = copy(language.score(TokenRows.of(LONG)), 0);
      double[][] few = copy(language.score(TokenRows.of(SHORT)), 0);
      TokenRows rows =
          new TokenRows(List.of(Arrays.copyOf(LONG, 7), Arrays.copyOf(SHORT, 1)), Padding.LEFT, 0);
      try (Decoding decoding = language.decoding()) {
        decoding.prefill(rows);
        for (int i = 0; i < 3; i++) {
          Logits found = decoding.step(LONG[7 + i], SHORT[1 + i]);
          assertClose(copy(found, 0), new double[][] {all[7 + i]}, 1e-4);
          assertClose(copy(found, 1), new double[][] {few[1 + i]}, 1e-4);
        }
        assertThat(decoding.cacheBytes()).isEqualTo(2L * 2 * 2 * 12 * 2 * LONG.length * 4);
      }
    }
  }

  static Stream<String> takingPaddingOnTheLeft() {
    return Stream.of(
        "grammar-lm/model.onnx",
        "grammar-lm/model_with_past.onnx",
        "grammar-exports/decoder_model_merged.onnx",
        "grammar-exports/layer_cache.onnx",
        "grammar-exports/static_cache.onnx",
        "grammar-exports/one_token.onnx",
        "grammar-exports/int32.onnx");
  }

  @ParameterizedTest
  @MethodSource("takingPaddingOnTheLeft")
  void paddingOnEitherSideChangesNothing(String file) {
    double[][] all = expected(LONG);
    double[][] few = expected(SHORT);
    try (Model model = TestModels.load(TestModels.examples().resolve(file))) {
      LanguageModel language = LanguageModel.of(model);
      for (Padding side : Padding.values()) {
        TokenRows rows =
            new TokenRows(List.of(Arrays.copyOf(LONG, 7), Arrays.copyOf(SHORT, 2)), side, 0);
        try (Decoding decoding = language.decoding()) {
          List<double[]> first = new ArrayList<>();
          List<double[]> second = new ArrayList<>();
          Logits logits = decoding.prefill(rows);
          first.addAll(Arrays.asList(copy(logits, 0)));
          second.addAll(Arrays.asList(copy(logits, 1)));
          // A row may get more tokens than the other, or none.
          logits =
              decoding.append(new TokenRows(List.of(new long[] {LONG[7]}, new long[] {}), side, 0));
          first.addAll(Arrays.asList(copy(logits, 0)));
          assertThat(logits.positions(1)).isZero();
          logits =
              decoding.append(
                  new TokenRows(
                      List.of(new long[] {LONG[8]}, Arrays.copyOfRange(SHORT, 2, 4)), side, 0));
          first.addAll(Arrays.asList(copy(logits, 0)));
          second.addAll(Arrays.asList(copy(logits, 1)));
          first.addAll(Arrays.asList(copy(decoding.step(LONG[9], 0), 0)));
          assertClose(first.toArray(double[][]::new), all, 1e-4);
          assertClose(second.toArray(double[][]::new), few, 1e-4);
        }
      }
    }
  }

  /** The closed form in {@code training/state_lm.py}. */
  private static double[] ofStates(long[] tokens, int position) {
    double[] logits = new double[8];
    double[] taps = {2, 1, 0.5};
    for (int back = 0; back <= position; back++) {
      int token = (int) tokens[position - back];
      logits[token] += Math.pow(0.5, back);
      if (back < taps.length) {
        logits[(token + 1) % 8] += taps[back];
      }
    }
    return logits;
  }

  @Test
  void statesAreCarriedAsTheyCome() {
    long[] tokens = {3, 1, 4, 1, 5, 7, 2, 6};
    double[][] all = new double[tokens.length][];
    for (int position = 0; position < all.length; position++) {
      all[position] = ofStates(tokens, position);
    }
    try (Model model = TestModels.load(TestModels.examples().resolve("state-lm.onnx"));
        Decoding decoding = LanguageModel.of(model).decoding()) {
      for (int prefilled = 1; prefilled <= tokens.length; prefilled++) {
        List<double[]> found =
            new ArrayList<>(
                Arrays.asList(
                    copy(decoding.prefill(TokenRows.of(Arrays.copyOf(tokens, prefilled))), 0)));
        long bytes = decoding.cacheBytes();
        for (int i = prefilled; i < tokens.length; i++) {
          found.addAll(Arrays.asList(copy(decoding.step(tokens[i]), 0)));
          assertThat(decoding.cacheBytes()).isEqualTo(bytes).isPositive();
        }
        assertClose(found.toArray(double[][]::new), all, 1e-5);
      }
    }
  }

  @Test
  void logProbabilitiesAreThoseOfTheDistribution() {
    try (Model model = TestModels.load(TestModels.grammar().resolve("model.onnx"))) {
      Logits logits = LanguageModel.of(model).score(TokenRows.of(LONG));
      NextTokens next = logits.at(0, 3);
      for (int token = 0; token < logits.vocabulary(); token++) {
        assertThat(logits.logProbability(0, 3, token))
            .isCloseTo(next.logProbability(token), within(1e-12));
      }
      assertThat((long) logits.argmax(0, 3)).isEqualTo(next.top(1).get(0));
    }
  }
}
