package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.modelvitals.data.Batch;
import org.modelvitals.data.BatchAxes;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.unit.Quantity;

/**
 * Calls of a model that are held in memory with what it answered, so that they can be made again in
 * other circumstances.
 *
 * @param data what was fed, as declared or as drawn
 * @param batch how rows lie in inputs
 * @param all the calls in order; one at least
 */
record Calls(DataSpec data, BatchAxes batch, List<Call> all) {
  Calls {
    all = List.copyOf(all);
  }

  /** A call, its inputs by name, and the outputs of the suite's model by name. */
  record Call(Map<String, Tensor> inputs, Map<String, Value> outputs, Places places) {

    /** The same call with one input replaced. */
    Map<String, Tensor> with(String input, Tensor value) {
      Map<String, Tensor> inputs = new LinkedHashMap<>(this.inputs);
      inputs.put(input, value);
      return inputs;
    }
  }

  /** Makes the calls that a check declares, or that are drawn for it, with the suite's model. */
  static Calls make(Draws draws, ProbeContext context) {
    return make(Drawing.data(draws, context), context);
  }

  static Calls make(DataSpec data, ProbeContext context) {
    Model model = context.model();
    List<Call> calls = new ArrayList<>();
    try (Feed feed = context.feed(data, model)) {
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        Batch batch = next.get();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        batch.inputs().forEach((name, tensor) -> inputs.put(name, Tensors.copy(tensor)));
        Map<String, Value> outputs = model.run(inputs);
        feed.feedback(outputs);
        calls.add(new Call(inputs, outputs, fixed(batch)));
        context.progress().at(calls.size(), -1, "calls");
      }
    }
    return new Calls(data, BatchAxes.of(model.signature()), calls);
  }

  /** The feed's own batch is used again for the next. */
  private static Places fixed(Batch batch) {
    long first = batch.index(0);
    List<String> where = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      where.add(batch.where(row));
    }
    return new Places() {
      @Override
      public int rows() {
        return where.size();
      }

      @Override
      public long index(int row) {
        return first + row;
      }

      @Override
      public String where(int row) {
        return where.get(row);
      }
    };
  }

  /** The inputs that are drawn at random, with what they are drawn from. */
  Map<String, InputSpec.Random> drawn() {
    Map<String, InputSpec.Random> drawn = new LinkedHashMap<>();
    data.inputs()
        .forEach(
            (name, source) -> {
              if (source instanceof InputSpec.Random random) {
                drawn.put(name, random);
              }
            });
    return drawn;
  }

  /** How the inputs came about, in a sentence for people. */
  String words() {
    List<String> parts = new ArrayList<>();
    Map<String, Tensor> first = all.get(0).inputs();
    first.forEach((name, tensor) -> parts.add("'%s' %s%s".formatted(name, tensor, source(name))));
    int rows = all.stream().mapToInt(call -> call.places().rows()).sum();
    return "%s in %s%s"
        .formatted(
            count(rows, "row"),
            count(all.size(), "call"),
            parts.isEmpty() ? ", without inputs" : " of " + String.join(", ", parts));
  }

  static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private String source(String input) {
    InputSpec source = data.inputs().get(input);
    if (source instanceof InputSpec.Random random) {
      return " from %s up to %s".formatted(shown(random.low()), shown(random.high()));
    }
    if (source instanceof InputSpec.Constant constant) {
      return constant.values().size() == 1 ? " all " + constant.values().get(0) : "";
    }
    return data.file() == null ? "" : " of " + data.file();
  }

  private static String shown(double value) {
    return Quantity.number(value).display();
  }
}
