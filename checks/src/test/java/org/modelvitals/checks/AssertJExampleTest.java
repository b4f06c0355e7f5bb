package org.modelvitals.checks;

import static org.modelvitals.assertj.ModelVitalsAssertions.assertThat;
import static org.modelvitals.checks.artifact.Artifact.artifact;
import static org.modelvitals.checks.artifact.Artifact.opset;
import static org.modelvitals.checks.artifact.Artifact.size;
import static org.modelvitals.unit.Quantity.mebibytes;
import static org.modelvitals.unit.Quantity.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.modelvitals.assertj.ModelUnderTest;
import org.modelvitals.assertj.ModelVitalsSoftAssertions;

/** The example of {@code docs/assertj.md}, which is this code. */
class AssertJExampleTest {

  @Test
  void digitsIsFitForRelease() {
    assertThat(ModelUnderTest.at("../example-suites/models/digits.onnx"))
        .as("is what we exported")
        .satisfies(artifact().expect(opset().isAtLeast(13)).expect(size().isAtMost(mebibytes(1))))
        .reading(artifact())
        .measurement("opset")
        .isBetween(number(13), number(21));
  }

  @Test
  void allIsToldAtOnce() {
    ModelVitalsSoftAssertions.assertSoftly(
        softly -> {
          ModelUnderTest digits = ModelUnderTest.at("../example-suites/models/digits.onnx");
          softly.assertThat(digits).satisfies(artifact().expect(opset().isAtLeast(13)));
          softly.assertThat(digits).reading(artifact()).measurement("size").isAtMost(mebibytes(1));
        });
  }

  @Test
  void theDocumentHasThisCode() throws IOException {
    String document = Files.readString(Path.of("../docs/assertj.md"));
    String example = document.split("```java\n", -1)[1].split("```", -1)[0];
    String source =
        Files.readString(Path.of("src/test/java/org/modelvitals/checks/AssertJExampleTest.java"));

    org.assertj.core.api.Assertions.assertThat(words(source)).contains(words(example));
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
