package org.modelvitals.sick;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sick twin turns the checks red that its disease is about, and no other, with a reason. */
class SickModelsTest {
  private static final String ARTIFACT = "is what we exported";
  private static final String ACCURACY = "reads digits";
  private static final String CERTAINTY = "is as sure as it is right";
  private static final String LATENCY = "answers in time";
  private static final String MEMORY = "stays small";
  private static final String APPROVED = "says what the approved model says";
  private static final List<String> ALL = List.of(ARTIFACT, ACCURACY, CERTAINTY, LATENCY, MEMORY);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("digits")
  void everyDiseaseIsFoundByTheChecksThatAreAboutIt(String model, Map<String, String> red)
      throws IOException {
    HealthCard.DIGITS.assertRed(model, red, folder);
  }

  static Stream<Arguments> digits() {
    return Stream.of(
        arguments("../models/digits.onnx", Map.of()),
        arguments(
            "models/digits-shuffled-labels.onnx",
            Map.of(
                ACCURACY, "accuracy is 10 %",
                CERTAINTY, "log loss is")),
        arguments(
            "models/digits-nan-weight.onnx",
            Map.of(
                ARTIFACT, "non-finite weights is 1, expected exactly 0",
                ACCURACY, "non-finite outputs is 540",
                CERTAINTY, "non-finite outputs is 540")),
        arguments("models/digits-overconfident.onnx", Map.of(CERTAINTY, "log loss is 0.39")),
        arguments(
            "models/digits-underconfident.onnx",
            Map.of(CERTAINTY, "expected calibration error is 72.")),
        arguments("models/digits-slow.onnx", Map.of(LATENCY, "p50 is")),
        arguments("models/digits-bloated.onnx", Map.of(MEMORY, "peak is")),
        arguments("models/digits-leaking.onnx", Map.of(MEMORY, "growth per call is")),
        arguments(
            "models/digits-wrong-opset.onnx",
            Map.of(ARTIFACT, "opset is 7, expected between 17 and 21")),
        arguments(
            "models/digits-future-opset.onnx",
            all("needs a newer opset than this runtime supports")),
        arguments("models/digits-truncated.onnx", all("is not a valid ONNX file")));
  }

  /** Nothing but what comes back in each call tells it. */
  @Test
  void aStateThatGrowsIsFound() throws IOException {
    HealthCard.STATE.assertRed(
        "models/digits-leaking-state.onnx",
        Map.of("keeps its state small", "growth per call is"),
        folder);
  }

  private static Map<String, String> all(String message) {
    return ALL.stream()
        .collect(java.util.stream.Collectors.toMap(check -> check, check -> message));
  }

  @ParameterizedTest
  @MethodSource("grammar")
  void everyDiseaseOfTheLanguageModelIsFound(String model, Map<String, String> red)
      throws IOException {
    HealthCard.GRAMMAR.assertRed(model, red, folder);
  }

  static Stream<Arguments> grammar() {
    return Stream.of(
        arguments("../models/grammar-lm/model.onnx", Map.of()),
        arguments(
            "models/grammar-lm/swapped-tokens.onnx",
            Map.of(
                "knows the grammar",
                "max probability difference is 0.4",
                APPROVED,
                "max difference is")),
        arguments(
            "models/grammar-lm/sees-future.onnx",
            Map.of(
                "knows the grammar", "mean kl divergence is 0.369", APPROVED, "max difference is")),
        arguments(
            "models/grammar-lm/children-as-child.onnx",
            Map.of("knows the grammar", "top-1 agreement is 97.727 %")),
        arguments("models/grammar-lm/leaks-answer.onnx", Map.of(APPROVED, "max difference is 3")));
  }
}
