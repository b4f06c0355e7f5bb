package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Signature;

/** Data that nobody here made, against what is published about them. */
class SharedDataTest {

  private static Path file(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolveSibling("shared").resolve("models"))) {
      at = at.getParent();
    }
    assumeTrue(at != null, "there is no folder shared/models beside the project");
    return java.util.Objects.requireNonNull(at).resolveSibling("shared/models").resolve(name);
  }

  private static Feed open(DataSpec spec, String input, ElementType type, Object... dims) {
    return Feeds.open(
        spec,
        SharedDataTest::file,
        new Signature(List.of(Fed.info(input, type, dims)), List.of(), List.of()),
        Map.of(),
        1,
        spec.window() == null ? Set.of("label") : Set.of());
  }

  @Test
  void mnist_has_its_published_share_of_each_digit() {
    DataSpec spec =
        DataSpec.idx(
            "mnist-int8-pair/t10k-images-idx3-ubyte.gz",
            "mnist-int8-pair/t10k-labels-idx1-ubyte.gz");
    int[] counts = new int[10];
    try (Feed feed = open(spec, "x", ElementType.FLOAT32, "n", 1, 28, 28)) {
      assertThat(feed.totalRows()).isEqualTo(10_000);
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        for (int row = 0; row < next.get().rows(); row++) {
          counts[
              ((Long) java.util.Objects.requireNonNull(next.get().value(row, "label")))
                  .intValue()]++;
        }
      }
    }
    assertThat(counts).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
  }

  @Test
  void a_minute_of_speech_has_1875_windows() {
    DataSpec spec = DataSpec.wav("silero-vad-v5/test.wav", 512).context(64);
    try (Feed feed = open(spec, "input", ElementType.FLOAT32, "batch", 576)) {
      assertThat(feed.totalRows()).isEqualTo(1875);
      long rows = 0;
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        rows += next.get().rows();
      }
      assertThat(rows).isEqualTo(1875);
    }
  }

  @Test
  void file_features_are_read_with_their_labels() {
    try (Feed feed =
        open(DataSpec.file("magika/basic.jsonl"), "bytes", ElementType.INT32, "n", 2048)) {
      long rows = 0;
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        rows += next.get().rows();
        assertThat(next.get().value(0, "label")).isInstanceOf(String.class);
      }
      assertThat(rows).isEqualTo(76);
    }
  }
}
