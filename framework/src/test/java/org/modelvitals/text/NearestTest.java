package org.modelvitals.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES =
      List.of("accuracy", "recall[7]", "p99", "x", "id", "batch", "model-7.onnx", "Label");

  @ParameterizedTest
  @CsvSource({
    "acuracy, accuracy",
    "accuracies, accuracy",
    "pp99, p99",
    "recal[7], recall[7]",
    "label, Label",
    "bacth, batch",
    "model7.onnx, model-7.onnx",
    "X, x",
  })
  void a_slip_of_the_pen_is_understood(String written, String meant) {
    assertThat(Nearest.to(written, NAMES)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "y",
    "is",
    "ab",
    "recall[3]",
    "p50",
    "p95",
    "model-8.onnx",
    "table",
    "match it",
    "''"
  })
  void another_word_is_not(String written) {
    assertThat(Nearest.to(written, NAMES)).isEmpty();
  }
}
