package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** A model whose tensors have no elements has passed nothing. */
class EmptyOutputsTest {
  /** MatMul of {@code x}, float32[0, 8], with a weight; the output {@code y} is float32[0, 4]. */
  private static final String MODEL =
      """
      CAg61gEKEQoBeAoBVxIBeSIGTWF0TXVsEgh6ZXJvX2RpbSqMAQgICAQQAUIBV0qAAXjM4T
      9o4cw+k456P8tqD0AkDO8/4i56v/84cz9i/Rq+aGTTvfg50j4ogBM+oiW6P17TQj/AMPk9
      C0LjPl3Xqj78Pb8/AhVSvmlKoD4Fplq/L2QjwIxTJz+xS10/h/49v6lDEUCoKLq/SG07PS
      CtP74cMsQ/8xO8P4qqHj6FnsE+WhMKAXgSDgoMCAESCAoCCAAKAggIYhMKAXkSDgoMCAES
      CAoCCAAKAggEQgQKABAR
      """;

  @TempDir private Path folder;

  @Test
  void nothing_compared_is_nothing_passed() throws IOException {
    Files.write(folder.resolve("empty.onnx"), Base64.getMimeDecoder().decode(MODEL));
    Run run =
        Run.of(
            Files.writeString(
                folder.resolve("s.vitals.yaml"),
                """
                model: empty.onnx
                include: checkup
                checks:
                  keeps its memory: {artifact: {}}
                """));
    assertThat(run.checks())
        .filteredOn(check -> check.verdict().status() == Status.PASSED)
        .extracting(CheckRecord::name)
        .containsOnly("is a sound file", "keeps its memory");
    assertThat(run.check("answers in finite numbers").verdict().reason())
        .contains("no element came out");
    assertThat(run.check("says the same every time").verdict().reason())
        .contains("no element was compared");
  }
}
