package org.modelvitals.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;

/**
 * A model of a declared signature that remembers what it was fed and gives back zeros, or what it
 * is told.
 */
final class FakeModel implements Model {
  private final Signature signature;
  private final long[] logits;
  final List<Map<String, Tensor>> calls = new ArrayList<>();
  private ObjIntConsumer<Tensor> writer = (answer, call) -> {};

  FakeModel(List<ValueInfo> inputs, List<ValueInfo> outputs, long... logits) {
    this.signature = new Signature(inputs, List.of(), outputs);
    this.logits = logits;
  }

  /** A causal model that gives these logits, call by call, whatever it is fed. */
  static FakeModel saying(double[]... logits) {
    int vocabulary = logits[0].length;
    FakeModel model =
        new FakeModel(
            List.of(tensor("input_ids", ElementType.INT64, "batch", "sequence")),
            List.of(tensor("logits", ElementType.FLOAT32, "batch", vocabulary)),
            1,
            vocabulary);
    model.writer =
        (answer, call) -> {
          for (int i = 0; i < vocabulary; i++) {
            answer.setDouble(i, logits[Math.min(call, logits.length - 1)][i]);
          }
        };
    return model;
  }

  static ValueInfo tensor(String name, ElementType type, Object... dims) {
    return ValueInfo.tensor(
        name,
        type,
        List.of(dims).stream()
            .map(dim -> dim instanceof Integer size ? Dim.fixed(size) : Dim.free(dim.toString()))
            .toList());
  }

  @Override
  public ModelFile file() {
    return new ModelFile(Path.of("fake.onnx"), "", 0);
  }

  @Override
  public Signature signature() {
    return signature;
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
  public Map<String, Value> run(Map<String, Tensor> inputs) {
    // Whoever feeds may fill the same memory again.
    Map<String, Tensor> copies = new HashMap<>();
    inputs.forEach((name, tensor) -> copies.put(name, copy(tensor)));
    calls.add(copies);
    Tensor answer = Tensor.allocate(ElementType.FLOAT32, logits);
    writer.accept(answer, calls.size() - 1);
    return Map.of(signature.outputs().get(0).name(), answer);
  }

  private static Tensor copy(Tensor tensor) {
    Tensor copy = Tensor.allocate(tensor.type(), tensor.shape());
    copy.bytes().put(tensor.bytes().duplicate().clear()).clear();
    return copy;
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
