package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ElementType;

/** Batches that are in use at once. */
class HeldBatchesTest {
  @TempDir Path folder;

  private Fed fed() {
    String rows =
        IntStream.range(0, 50).mapToObj(i -> i + "," + i * 2).collect(Collectors.joining("\n"));
    return new Fed(folder)
        .file("a.csv", "label,x\n" + rows)
        .input("x", ElementType.FLOAT32, "n", 1)
        .input("noise", ElementType.FLOAT32, "n", 2)
        .reserved("label");
  }

  private static DataSpec spec() {
    return DataSpec.csv("a.csv")
        .input("noise", new InputSpec.Random(List.of(), 0, 1, null))
        .batch(3);
  }

  private static String text(Batch batch) {
    return IntStream.range(0, batch.rows())
            .mapToObj(row -> batch.index(row) + " " + batch.where(row) + batch.value(row, "label"))
            .toList()
        + Fed.text(Fed.input(batch, "x"))
        + Fed.text(Fed.input(batch, "noise"));
  }

  private List<String> alone() {
    List<String> texts = new ArrayList<>();
    try (Feed feed = fed().open(spec())) {
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        texts.add(text(next.get()));
      }
    }
    return texts;
  }

  @Test
  void a_batch_stays_until_as_many_more_were_read() {
    List<String> expected = alone();
    assertThat(expected).hasSize(17);
    try (Feed feed = fed().open(spec())) {
      assertThat(feed.hold(4)).isEqualTo(4);
      List<Batch> held = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        held.add(feed.next().orElseThrow());
        for (int old = Math.max(0, i - 3); old <= i; old++) {
          assertThat(text(held.get(old))).isEqualTo(expected.get(old));
        }
      }
      assertThat(feed.next()).isEmpty();
    }
  }

  @Test
  void state_that_is_carried_allows_one_at_a_time() {
    Fed fed =
        new Fed(folder)
            .file("a.csv", "x\n1\n2\n")
            .input("x", ElementType.FLOAT32, "n", 1)
            .input("state", ElementType.FLOAT32, "n", 2)
            .output("next", ElementType.FLOAT32, "n", 2);
    DataSpec spec = DataSpec.csv("a.csv").input("state", InputSpec.feedback("next"));
    try (Feed feed = fed.open(spec)) {
      assertThat(feed.hold(4)).isEqualTo(1);
    }
  }
}
