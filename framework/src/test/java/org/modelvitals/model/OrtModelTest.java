package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ModelException.Reason;

class OrtModelTest {
  @TempDir Path folder;

  private final ModelPool pool = new ModelPool();

  private Model load(OnnxMl.ModelProto.Builder model) throws IOException {
    Path file = Graphs.write(folder.resolve("model.onnx"), model);
    return pool.acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT);
  }

  private static double[] numbers(@Nullable Value value) {
    Tensor tensor = (Tensor) Objects.requireNonNull(value);
    double[] numbers = new double[tensor.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = tensor.getDouble(i);
    }
    return numbers;
  }

  private static Tensor floats(float... values) {
    return Tensor.ofFloats(values, values.length);
  }

  @Test
  void an_initializer_keeps_its_value_unless_it_is_fed() throws Exception {
    try (Model model = load(Graphs.addition())) {
      assertThat(model.signature().inputs()).extracting(ValueInfo::name).containsExactly("x");
      assertThat(model.signature().overridable())
          .extracting(ValueInfo::toString)
          .containsExactly("b: float32[1]");
      assertThat(numbers(model.run(Map.of("x", floats(1, 2))).get("y"))).containsExactly(11, 12);
      assertThat(numbers(model.run(Map.of("x", floats(1, 2), "b", floats(-1))).get("y")))
          .containsExactly(0, 1);
      assertThat(numbers(model.run(Map.of("x", floats(3))).get("y"))).containsExactly(13);
    }
  }

  @Test
  void a_prepared_call_sees_inputs_that_were_filled_anew() throws Exception {
    Tensor x = floats(1, 2, 3);
    try (Model model = load(Graphs.unary("Neg", "n"));
        Model.Call call = model.prepare(Map.of("x", x))) {
      call.run();
      assertThat(numbers(call.outputs().get("y"))).containsExactly(-1, -2, -3);
      x.setDouble(1, 7);
      call.run();
      assertThat(numbers(call.outputs().get("y"))).containsExactly(-1, -7, -3);
    }
  }

  @Test
  void a_prepared_call_follows_outputs_whose_shape_follows_from_the_data() throws Exception {
    Tensor x = floats(0, 5, 0, 6);
    try (Model model = load(Graphs.nonZero());
        Model.Call call = model.prepare(Map.of("x", x))) {
      call.run();
      assertThat(numbers(call.outputs().get("y"))).containsExactly(1, 3);
      x.setDouble(0, 1);
      call.run();
      assertThat(numbers(call.outputs().get("y"))).containsExactly(0, 1, 3);
      for (int i = 0; i < 4; i++) {
        x.setDouble(i, 0);
      }
      call.run();
      assertThat(numbers(call.outputs().get("y"))).isEmpty();
    }
  }

  @Test
  void outputs_of_a_run_stay_valid_after_the_next() throws Exception {
    try (Model model = load(Graphs.unary("Neg", "n"))) {
      Value first = model.run(Map.of("x", floats(1))).get("y");
      model.run(Map.of("x", floats(2)));
      assertThat(numbers(first)).containsExactly(-1);
    }
  }

  @Test
  void what_is_fed_is_held_against_the_signature_in_a_sentence() throws Exception {
    try (Model model = load(Graphs.unary("Neg", "batch", 3))) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> model.run(Map.of()))
          .withMessageContaining("needs the input x: float32[batch, 3]")
          .matches(e -> e.reason() == Reason.BAD_INPUT);
      assertThatThrownBy(
              () -> model.run(Map.of("x", Tensor.ofFloats(new float[3], 1, 3), "X", floats(1))))
          .hasMessageContaining("has no input 'X'; did you mean 'x'?");
      assertThatThrownBy(() -> model.run(Map.of("x", Tensor.ofFloats(new float[4], 1, 4))))
          .hasMessageContaining("takes 'x' as float32[batch, 3] and was fed float32[1, 4]");
      assertThatThrownBy(() -> model.run(Map.of("x", Tensor.ofLongs(new long[3], 1, 3))))
          .hasMessageContaining("was fed int64[1, 3]");
      assertThatThrownBy(() -> model.prepare(Map.of("x", floats(1, 2, 3))))
          .hasMessageContaining("was fed float32[3]");
    }
  }

  @Test
  void named_free_dimensions_can_be_set() throws Exception {
    Path file = Graphs.write(folder.resolve("free.onnx"), Graphs.unary("Neg", "batch", "width"));
    SessionSpec session =
        new SessionSpec(
            1,
            null,
            SessionSpec.Optimization.BASIC,
            SessionSpec.Execution.PARALLEL,
            true,
            Map.of("width", 5L),
            Map.of("session.intra_op.allow_spinning", "0"));
    try (Model model = pool.acquire(file, DeviceSpec.CPU, session)) {
      assertThat(model.signature().inputs())
          .extracting(ValueInfo::description)
          .containsExactly("float32[batch, 5]");
    }
  }

  @Test
  void a_model_on_the_cpu_knows_its_placement_at_once() throws Exception {
    try (Model model = load(Graphs.power(3))) {
      assertThat(model.placement()).hasValue(new Placement(Map.of("CPUExecutionProvider", 3)));
    }
  }

  @Test
  void equal_bytes_are_loaded_once_even_from_many_threads_and_closed_with_the_last()
      throws Exception {
    Path first = Graphs.write(folder.resolve("a.onnx"), Graphs.addition());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path second = Files.copy(first, elsewhere.resolve("b.onnx"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Model> models = new ArrayList<>();
    try {
      List<Future<Model>> loading = new ArrayList<>();
      CountDownLatch together = new CountDownLatch(1);
      for (int i = 0; i < 32; i++) {
        Path file = i % 2 == 0 ? first : second;
        loading.add(
            threads.submit(
                () -> {
                  together.await();
                  return pool.acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT);
                }));
      }
      together.countDown();
      for (Future<Model> model : loading) {
        models.add(model.get(30, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdown();
    }
    assertThat(pool.loads()).isEqualTo(1);
    assertThat(pool.open()).isEqualTo(1);
    Model last = models.remove(models.size() - 1);
    models.forEach(Model::close);
    models.forEach(Model::close);
    assertThat(pool.open()).isEqualTo(1);
    assertThat(numbers(last.run(Map.of("x", floats(1))).get("y"))).containsExactly(11);
    last.close();
    assertThat(pool.open()).isZero();
    try (Model again = pool.acquire(first, DeviceSpec.CPU, SessionSpec.DEFAULT)) {
      assertThat(pool.loads()).isEqualTo(2);
      assertThat(again.signature().inputs()).hasSize(1);
    }
  }

  @Test
  void equal_bytes_with_different_external_data_are_two_models() throws Exception {
    OnnxMl.TensorProto outside =
        Graphs.floats("b", 0).toBuilder()
            .clearFloatData()
            .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue("b.bin"))
            .build();
    OnnxMl.ModelProto.Builder graph =
        Graphs.model(
            OnnxMl.GraphProto.newBuilder()
                .addInput(Graphs.value("x", "n"))
                .addInitializer(outside)
                .addOutput(Graphs.value("y", "n"))
                .addNode(Graphs.node("Add", List.of("x", "b"), "y")));
    List<Model> opened = new ArrayList<>();
    for (float b : new float[] {10, 20}) {
      Path home = Files.createDirectory(folder.resolve("b" + b));
      Files.write(
          home.resolve("b.bin"),
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(b).array());
      Path file = Graphs.write(home.resolve("model.onnx"), graph);
      opened.add(pool.acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT));
    }
    assertThat(pool.open()).isEqualTo(2);
    assertThat(numbers(opened.get(0).run(Map.of("x", floats(1))).get("y"))).containsExactly(11);
    assertThat(numbers(opened.get(1).run(Map.of("x", floats(1))).get("y"))).containsExactly(21);
    opened.forEach(Model::close);
  }

  @Test
  void a_model_that_cannot_be_loaded_is_tried_anew_by_the_next() throws Exception {
    Path file = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});
    for (int i = 1; i <= 2; i++) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> pool.acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT))
          .withMessageContaining("broken.onnx is not a valid ONNX file")
          .matches(e -> e.reason() == Reason.INVALID_MODEL);
      assertThat(pool.loads()).isEqualTo(i);
      assertThat(pool.open()).isZero();
    }
  }

  @Test
  void a_call_that_runs_is_stopped_and_the_model_can_be_called_again() throws Exception {
    try (Model model = load(Graphs.power(400))) {
      Tensor large = Tensor.allocate(ElementType.FLOAT32, 1200, 1200);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<?> running = thread.submit(() -> model.run(Map.of("x", large)));
        long start = System.nanoTime();
        while (!endsSoon(running) && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
          model.interrupt();
        }
        assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(ModelException.class)
            .cause()
            .extracting("reason")
            .isEqualTo(Reason.CANCELLED);
      } finally {
        thread.shutdownNow();
      }
      Map<String, Value> outputs = model.run(Map.of("x", Tensor.ofFloats(new float[] {1}, 1, 1)));
      assertThat(numbers(outputs.get("y"))).containsExactly(1);
    }
  }

  @Test
  void stopping_the_calls_of_one_holder_leaves_those_of_another() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Model one = load(Graphs.power(400));
        Model other = load(Graphs.power(400))) {
      assertThat(pool.open()).isEqualTo(1);
      Tensor large = Tensor.allocate(ElementType.FLOAT32, 1200, 1200);
      Future<?> ofOther = threads.submit(() -> other.run(Map.of("x", large)));
      Future<?> ofOne = threads.submit(() -> one.run(Map.of("x", large)));
      while (!endsSoon(ofOne)) {
        one.interrupt();
      }
      assertThat(ofOther.isDone()).isFalse();
      while (!endsSoon(ofOther)) {
        other.interrupt();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean endsSoon(Future<?> running) throws InterruptedException {
    try {
      running.get(50, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
    return true;
  }

  @Test
  void a_closed_model_refuses_to_run() throws Exception {
    Model model = load(Graphs.addition());
    model.close();
    assertThatThrownBy(() -> model.run(Map.of("x", floats(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void a_device_that_is_missing_is_named_with_what_there_is() throws Exception {
    Path file = Graphs.write(folder.resolve("gpu.onnx"), Graphs.addition());
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> pool.acquire(file, DeviceSpec.of(Device.COREML), SessionSpec.DEFAULT))
        .withMessageContaining("coreml")
        .withMessageContaining("CPUExecutionProvider")
        .matches(e -> e.reason() == Reason.DEVICE_MISSING);
  }

  @Test
  void files_that_are_no_models_are_refused_with_what_helps() throws Exception {
    Files.write(folder.resolve("digits.onnx"), new byte[] {8});
    assertThatThrownBy(() -> ModelFiles.identify(folder.resolve("digit.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("did you mean 'digits.onnx'?");
    assertThatThrownBy(() -> ModelFiles.identify(folder))
        .hasMessageContaining("is a folder, not a model");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    assertThatThrownBy(() -> pool.acquire(empty, DeviceSpec.CPU, SessionSpec.DEFAULT))
        .hasMessageContaining("is empty (0 bytes)");
  }
}
