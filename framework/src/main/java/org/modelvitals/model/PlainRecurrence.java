package org.modelvitals.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recurrence over single runs of any model, in which all outputs pass through tensors of ours.
 */
final class PlainRecurrence implements Recurrence {
  private final Model model;
  private final Map<String, String> carried;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> written = new HashMap<>();
  private Map<String, Value> last = Map.of();

  PlainRecurrence(Model model, Map<String, String> carried) {
    this.model = model;
    this.carried = carried;
  }

  @Override
  public void feed(String input, Tensor tensor) {
    inputs.put(input, tensor);
  }

  @Override
  public void take(String input, Recurrence from, String output) {
    if (from.read(output) instanceof Tensor tensor) {
      inputs.put(input, tensor);
    }
  }

  @Override
  public void write(String output, Tensor tensor) {
    written.put(output, tensor);
  }

  @Override
  public void release(String output) {
    written.remove(output);
  }

  @Override
  public void run(int places) {
    last = new HashMap<>(model.run(new LinkedHashMap<>(inputs)));
    carried.forEach(
        (output, input) -> {
          if (last.get(output) instanceof Tensor tensor) {
            inputs.put(input, tensor);
          }
        });
    written.forEach(
        (output, target) -> {
          if (last.get(output) instanceof Tensor tensor) {
            if (tensor.type() != target.type() || tensor.size() != target.size()) {
              throw new ModelException(
                  ModelException.Reason.RUN_FAILED,
                  "the output '%s' is %s; expected %s".formatted(output, tensor, target));
            }
            target.bytes().duplicate().clear().put(tensor.bytes().duplicate().clear());
            last.put(output, target);
          }
        });
  }

  @Override
  public Value read(String output) {
    return last.getOrDefault(output, new Value.Absent());
  }

  @Override
  public long[] shape(String input) {
    Tensor tensor = inputs.get(input);
    if (tensor == null) {
      throw new IllegalArgumentException("the input '%s' was not fed".formatted(input));
    }
    return tensor.shape();
  }

  @Override
  public long carriedBytes() {
    return carried.values().stream()
        .map(inputs::get)
        .filter(tensor -> tensor != null)
        .mapToLong(tensor -> (long) tensor.size() * tensor.type().bytes())
        .sum();
  }

  @Override
  public void close() {
    inputs.clear();
    last = Map.of();
  }
}
