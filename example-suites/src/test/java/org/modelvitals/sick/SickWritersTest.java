package org.modelvitals.sick;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Twins that write something else than they should turn the checks red that are about it. */
class SickWritersTest {
  private static final String TRANSLATES = "translates";
  private static final String ANSWERS = "answers questions";
  private static final String SUMMARISES = "summarises";
  private static final String ENDS = "comes to an end";

  private static final String JSON = "writes json";
  private static final String AGREED = "writes what was agreed";

  private static final String SENTENCES = "writes sentences that end";
  private static final String CACHE = "has a small cache";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource
  void tasks(String twin, Map<String, String> red) throws IOException {
    HealthCard.PHRASEBOOK.assertRed(twin, red, folder);
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        arguments("../models/phrasebook/decoder_model.onnx", Map.of()),
        arguments("models/phrasebook/swapped-articles", Map.of(TRANSLATES, "bleu is 8")),
        arguments("models/phrasebook/swapped-adjectives", Map.of(ANSWERS, "got 'the small cats'")),
        arguments("models/phrasebook/swapped-verbs", Map.of(SUMMARISES, "rouge-2 is 8")),
        arguments(
            "models/phrasebook/repeats",
            Map.of(
                TRANSLATES, "ter is",
                ANSWERS, "got 'the the the",
                SUMMARISES, "rouge-2 is 0 %",
                ENDS, "1 tokens are repeated 40 times")),
        arguments(
            "models/phrasebook/wrong-eos",
            Map.of(
                TRANSLATES, "bleu is",
                ANSWERS, "cut off at the limit of new tokens",
                SUMMARISES, "rouge-1 is",
                ENDS, "stopped[stop token] is 0 %")));
  }

  @ParameterizedTest
  @MethodSource
  void json(String twin, Map<String, String> red) throws IOException {
    HealthCard.JSON.assertRed(twin, red, folder);
  }

  static Stream<Arguments> json() {
    return Stream.of(
        arguments("../models/json-lm/model.onnx", Map.of()),
        arguments(
            "models/json-lm/unclosed",
            Map.of(
                JSON,
                "(Unexpected end-of-input: expected close marker for Object), got",
                AGREED,
                "same value is 0 %")),
        arguments(
            "models/json-lm/legs-in-words",
            Map.of(AGREED, "/legs: string found, integer expected")));
  }

  @ParameterizedTest
  @MethodSource
  void writing(String twin, Map<String, String> red) throws IOException {
    HealthCard.WRITING.assertRed(twin, red, folder);
  }

  static Stream<Arguments> writing() {
    return Stream.of(
        arguments("../models/grammar-lm/model_with_past.onnx", Map.of()),
        arguments(
            "models/grammar-lm/never-stops.onnx", Map.of(SENTENCES, "stopped[stop token] is 0 %")),
        arguments(
            "models/grammar-lm/stutters.onnx", Map.of(SENTENCES, "1 tokens are repeated 61 times")),
        arguments("models/grammar-lm/fat-cache.onnx", Map.of(CACHE, "cache per token is 3 KiB")));
  }
}
