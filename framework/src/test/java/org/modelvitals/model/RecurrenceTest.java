package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of the grammar's language model, whose keys and values grow by a place with each token. */
class RecurrenceTest {
  private static final Map<String, String> CARRIED =
      Map.of(
          "present.0.key", "past_key_values.0.key",
          "present.0.value", "past_key_values.0.value",
          "present.1.key", "past_key_values.1.key",
          "present.1.value", "past_key_values.1.value");

  private final ModelPool pool = new ModelPool();
  private final Model model = pool.acquire(grammar(), DeviceSpec.CPU, SessionSpec.DEFAULT);

  @AfterEach
  void close() {
    model.close();
    assertThat(pool.open()).isZero();
  }

  private static Path grammar() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("example-suites/models/grammar-lm/model_with_past.onnx");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IllegalStateException("the example suites have no grammar-lm");
  }

  private static void start(Recurrence recurrence) {
    CARRIED
        .values()
        .forEach(past -> recurrence.feed(past, Tensor.allocate(ElementType.FLOAT32, 1, 4, 0, 12)));
  }

  private static void feed(Recurrence recurrence, int past, long... ids) {
    long[] mask = new long[past + ids.length];
    long[] positions = new long[ids.length];
    Arrays.fill(mask, 1);
    Arrays.setAll(positions, i -> past + i);
    recurrence.feed("input_ids", Tensor.ofLongs(ids, 1, ids.length));
    recurrence.feed("attention_mask", Tensor.ofLongs(mask, 1, mask.length));
    recurrence.feed("position_ids", Tensor.ofLongs(positions, 1, ids.length));
  }

  private static byte[] bytes(Value value) {
    Tensor tensor = (Tensor) value;
    byte[] bytes = new byte[tensor.size() * 4];
    tensor.bytes().duplicate().clear().get(bytes);
    return bytes;
  }

  @Test
  void givesWhatSingleRunsGiveBitForBit() {
    Tensor logits = Tensor.allocate(ElementType.FLOAT32, 1, 1, 57);
    try (Recurrence ours = model.recurrence(CARRIED, Set.of());
        Recurrence plain = new PlainRecurrence(model, CARRIED)) {
      for (int round = 0; round < 2; round++) {
        start(ours);
        start(plain);
        feed(ours, 0, 1, 5, 20);
        feed(plain, 0, 1, 5, 20);
        ours.release("logits");
        ours.run(3);
        plain.run(3);
        assertThat(bytes(ours.read("logits"))).isEqualTo(bytes(plain.read("logits")));
        ours.write("logits", logits);
        for (int past = 3; past < 40; past++) {
          feed(ours, past, past);
          feed(plain, past, past);
          ours.run(1);
          plain.run(1);
          assertThat(bytes(ours.read("logits"))).isEqualTo(bytes(plain.read("logits")));
          assertThat(ours.read("logits")).isSameAs(logits);
          assertThat(ours.shape("past_key_values.1.value")).containsExactly(1, 4, past + 1, 12);
          assertThat(ours.carriedBytes())
              .isEqualTo(plain.carriedBytes())
              .isEqualTo(768L * (past + 1));
        }
      }
    }
  }

  /**
   * The number of places only tells shapes beforehand: one that is wrong costs, and harms nothing.
   */
  @Test
  void aShapeThatIsOtherThanToldIsLeftToTheRuntime() {
    try (Recurrence ours = model.recurrence(CARRIED, Set.of());
        Recurrence plain = new PlainRecurrence(model, CARRIED)) {
      start(ours);
      start(plain);
      ours.release("logits");
      int past = 0;
      for (int places : new int[] {2, 1, 7, 1}) {
        feed(ours, past, past + 4);
        feed(plain, past, past + 4);
        ours.run(past == 0 ? 1 : places);
        plain.run(1);
        past++;
        assertThat(bytes(ours.read("logits"))).isEqualTo(bytes(plain.read("logits")));
      }
    }
  }

  @Test
  void anotherRecurrenceMayGoOn() {
    try (Recurrence first = model.recurrence(Map.of(), CARRIED.keySet());
        Recurrence later = model.recurrence(CARRIED, Set.of());
        Recurrence plain = new PlainRecurrence(model, CARRIED)) {
      for (int round = 0; round < 2; round++) {
        start(first);
        feed(first, 0, 1, 5, 20);
        first.release("logits");
        first.run(3);
        CARRIED.forEach((present, past) -> later.take(past, first, present));
        later.release("logits");
        start(plain);
        feed(plain, 0, 1, 5, 20);
        plain.run(3);
        for (int past = 3; past < 6; past++) {
          feed(later, past, 9);
          feed(plain, past, 9);
          later.run(1);
          plain.run(1);
          assertThat(bytes(later.read("logits"))).isEqualTo(bytes(plain.read("logits")));
        }
      }
    }
  }

  @Test
  void aCallThatFailsLeavesWhatWasCarried() {
    try (Recurrence recurrence = model.recurrence(CARRIED, Set.of())) {
      start(recurrence);
      recurrence.release("logits");
      feed(recurrence, 0, 1, 5);
      recurrence.run(2);
      feed(recurrence, 2, 4000);
      assertThatThrownBy(() -> recurrence.run(1))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("failed to run");
      assertThat(recurrence.shape("past_key_values.0.key")).containsExactly(1, 4, 2, 12);
      feed(recurrence, 2, 4);
      recurrence.run(1);
      assertThat(recurrence.shape("past_key_values.0.key")).containsExactly(1, 4, 3, 12);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedInAWord() {
    try (Recurrence recurrence = model.recurrence(CARRIED, Set.of())) {
      assertThatThrownBy(
              () -> recurrence.feed("input_id", Tensor.allocate(ElementType.INT64, 1, 1)))
          .hasMessageContaining("did you mean 'input_ids'?");
      assertThatThrownBy(
              () -> recurrence.feed("input_ids", Tensor.allocate(ElementType.INT32, 1, 1)))
          .hasMessageContaining("was fed int32[1, 1]");
      start(recurrence);
      assertThatThrownBy(() -> recurrence.run(1)).hasMessageContaining("which was not fed");
    }
  }

  @Test
  void endsWithTheHandleOfItsModel() {
    Model other = pool.acquire(grammar(), DeviceSpec.CPU, SessionSpec.DEFAULT);
    Recurrence recurrence = other.recurrence(CARRIED, Set.of());
    other.close();
    assertThatThrownBy(() -> recurrence.run(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void canBeStopped() {
    try (Recurrence recurrence = model.recurrence(CARRIED, Set.of())) {
      start(recurrence);
      recurrence.release("logits");
      feed(recurrence, 0, 1, 5);
      model.interrupt();
      assertThatThrownBy(() -> recurrence.run(2))
          .isInstanceOf(ModelException.class)
          .extracting("reason")
          .isEqualTo(ModelException.Reason.CANCELLED);
      recurrence.run(2);
      assertThat(recurrence.shape("past_key_values.0.key")).containsExactly(1, 4, 2, 12);
    }
  }
}
