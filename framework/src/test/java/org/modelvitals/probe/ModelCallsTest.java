package org.modelvitals.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataException;
import org.modelvitals.data.Feed;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** Batches that run at once come out as if they had run one after the other. */
@Timeout(60)
class ModelCallsTest {
  private static final int BATCHES = 20;

  /** A batch whose only input is a number. */
  private record Numbered(int number) implements Batch {
    @Override
    public Map<String, Tensor> inputs() {
      return Map.of("x", Tensor.ofLongs(new long[] {number}, 1));
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public long index(int row) {
      return number;
    }

    @Override
    public String where(int row) {
      return "row " + number;
    }

    @Override
    public @Nullable Object value(int row, String column) {
      return null;
    }
  }

  private static final class Numbers implements Feed {
    private final boolean carries;
    private final int failing;
    private final List<Map<String, Value>> handedOver = new ArrayList<>();
    private int next;

    Numbers(boolean carries, int failing) {
      this.carries = carries;
      this.failing = failing;
    }

    @Override
    public Optional<Batch> next() {
      if (next == failing) {
        throw new DataException("row " + next + " is malformed");
      }
      return next == BATCHES ? Optional.empty() : Optional.of(new Numbered(next++));
    }

    @Override
    public int hold(int batches) {
      return carries ? 1 : batches;
    }

    @Override
    public void feedback(Map<String, Value> outputs) {
      handedOver.add(outputs);
    }

    @Override
    public int batch() {
      return 1;
    }

    @Override
    public long totalRows() {
      return BATCHES;
    }

    @Override
    public void close() {}
  }

  /** Answers a number with another. */
  private record Answering(IntUnaryOperator answer) implements Model {
    @Override
    public Map<String, Value> run(Map<String, Tensor> inputs) {
      int number = (int) java.util.Objects.requireNonNull(inputs.get("x")).getLong(0);
      return Map.of("y", Tensor.ofLongs(new long[] {answer.applyAsInt(number)}, 1));
    }

    @Override
    public ModelFile file() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Signature signature() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DeviceSpec device() {
      return DeviceSpec.CPU;
    }

    @Override
    public SessionSpec session() {
      return SessionSpec.DEFAULT;
    }

    @Override
    public Call prepare(Map<String, Tensor> inputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Placement> placement() {
      return Optional.empty();
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
  }

  private static List<String> all(Feed feed, Model model, int workers) {
    List<String> found = new ArrayList<>();
    try (ModelCalls calls = ModelCalls.of(feed, model, workers)) {
      for (Optional<ModelCalls.Done> next = calls.next(); next.isPresent(); next = calls.next()) {
        Tensor y = (Tensor) java.util.Objects.requireNonNull(next.get().outputs().get("y"));
        found.add(next.get().batch().index(0) + "=" + y.getLong(0));
      }
    }
    return found;
  }

  private static List<String> expected(int count) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      expected.add(i + "=" + i * i);
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void results_come_in_the_order_of_the_batches(int workers) {
    assertThat(all(new Numbers(false, -1), new Answering(n -> n * n), workers))
        .isEqualTo(expected(BATCHES));
  }

  @Test
  void so_many_calls_are_made_at_once() {
    int workers = 4;
    // Nobody gets past the barrier unless so many are there.
    CyclicBarrier barrier = new CyclicBarrier(workers);
    Model model =
        new Answering(
            n -> {
              try {
                barrier.await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return n * n;
            });
    assertThat(all(new Numbers(false, -1), model, workers)).isEqualTo(expected(BATCHES));
  }

  @Test
  void a_later_call_that_ends_first_waits_for_its_turn() {
    CountDownLatch second = new CountDownLatch(1);
    Model model =
        new Answering(
            n -> {
              try {
                if (n == 0) {
                  second.await();
                } else {
                  second.countDown();
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return n * n;
            });
    assertThat(all(new Numbers(false, -1), model, 2)).isEqualTo(expected(BATCHES));
  }

  @Test
  void outputs_that_are_fed_back_are_waited_for() {
    AtomicInteger running = new AtomicInteger();
    Numbers feed = new Numbers(true, -1);
    Model model =
        new Answering(
            n -> {
              assertThat(running.incrementAndGet()).isEqualTo(1);
              assertThat(feed.handedOver).hasSize(n);
              running.decrementAndGet();
              return n * n;
            });
    assertThat(all(feed, model, 4)).isEqualTo(expected(BATCHES));
    assertThat(feed.handedOver).hasSize(BATCHES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void mistakes_come_in_their_turn(int workers) {
    for (boolean ofTheFeed : new boolean[] {true, false}) {
      List<String> before = new ArrayList<>();
      Model model =
          new Answering(
              n -> {
                if (!ofTheFeed && n >= 7) {
                  throw new ModelException(
                      ModelException.Reason.RUN_FAILED, "row " + n + " breaks the model");
                }
                return n * n;
              });
      assertThatThrownBy(
              () -> {
                try (ModelCalls calls =
                    ModelCalls.of(new Numbers(false, ofTheFeed ? 7 : 9), model, workers)) {
                  for (Optional<ModelCalls.Done> next = calls.next();
                      next.isPresent();
                      next = calls.next()) {
                    before.add(next.get().batch().where(0));
                  }
                }
              })
          .isInstanceOf(ofTheFeed ? DataException.class : ModelException.class)
          .hasMessageStartingWith("row 7");
      assertThat(before).hasSize(7);
    }
  }

  @Test
  void who_stops_early_leaves_no_call_behind() {
    AtomicInteger running = new AtomicInteger();
    Model model =
        new Answering(
            n -> {
              running.incrementAndGet();
              for (int i = 0; i < 10_000; i++) {
                Thread.onSpinWait();
              }
              running.decrementAndGet();
              return n * n;
            });
    for (int i = 0; i < 50; i++) {
      Numbers feed = new Numbers(false, -1);
      try (ModelCalls calls = ModelCalls.of(feed, model, 3)) {
        assertThat(calls.next()).isPresent();
      }
      assertThat(running).hasValue(0);
      assertThat(feed.next).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void an_interrupt_ends_the_pass() {
    CountDownLatch stopped = new CountDownLatch(1);
    Model model =
        new Answering(
            n -> {
              try {
                stopped.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return n * n;
            });
    try (ModelCalls calls = ModelCalls.of(new Numbers(false, -1), model, 2)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(calls::next).isInstanceOf(CancellationException.class);
      stopped.countDown();
    }
    assertThat(Thread.interrupted()).isTrue();
  }
}
