package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Liveness} declares. */
public final class LivenessProbe implements ProbeType<Liveness> {
  static final String DEAD_INPUTS = "dead inputs";
  static final String CHANGED = "changed share";
  static final String DEAD_COLUMNS = "dead columns";
  static final String DEAD_OUTPUTS = "dead outputs";
  static final String DEAD_ELEMENTS = "dead elements";
  static final String SATURATED_OUTPUTS = "saturated outputs";
  static final String SATURATED_SHARE = "saturated share";
  static final String TIED = "tied elements";

  static final String SOFTMAXED = "softmaxed logits";

  /**
   * Twice as many as in any healthy model that was tried: drawn inputs are nothing that a model has
   * seen, and no reason to be certain.
   */
  private static final double MOST = 0.75;

  private static final int FEWEST = 4;

  /** Of what was found dead, named in a sentence. */
  private static final int SHOWN = 20;

  /** Calls in which inputs are changed one by one. */
  private static final int CALLS = 2;

  @Override
  public String keyword() {
    return "liveness";
  }

  @Override
  public Class<Liveness> specification() {
    return Liveness.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            DEAD_INPUTS,
            NUMBER,
            "Inputs that change no element of any output, whatever they are changed to; expected to"
                + " be none."),
        MeasurementInfo.ofParts(
            CHANGED,
            "input",
            FRACTION,
            "The share of all outputs' elements that change with the input, at most."),
        MeasurementInfo.ofParts(
            DEAD_COLUMNS,
            "input",
            NUMBER,
            "Columns of an input of floating-point numbers [rows, 2 to 256 columns] that change"
                + " nothing in the first call, whatever they are changed to."),
        MeasurementInfo.number(
            DEAD_OUTPUTS,
            NUMBER,
            "Outputs of floating-point numbers that never change; expected to be none."),
        MeasurementInfo.ofParts(
            DEAD_ELEMENTS,
            "output",
            FRACTION,
            "The share of an output's elements that never change."),
        MeasurementInfo.number(
            SATURATED_OUTPUTS,
            NUMBER,
            "Outputs called logits whose softmax is certain, within a millionth, in at least 75 % of"
                + " rows; expected to be none."),
        MeasurementInfo.number(
            SOFTMAXED,
            NUMBER,
            "Outputs called logits that hold probabilities; expected to be none."),
        MeasurementInfo.ofParts(
            SATURATED_SHARE,
            "output",
            FRACTION,
            "The share of numbers within a millionth of 0, 1 or -1, where these bound the output;"
                + " of distributions that are certain, where rows sum to 1 or are called logits."),
        MeasurementInfo.ofParts(
            TIED,
            "output",
            NUMBER,
            "Places along the last axis that always hold to the bit what an earlier one holds."));
  }

  @Override
  public List<Expectation> implied(Liveness specification) {
    return List.of(
        Liveness.deadInputs().isEqualTo(0),
        Liveness.deadOutputs().isEqualTo(0),
        Liveness.saturatedOutputs().isEqualTo(0),
        Liveness.softmaxedLogits().isEqualTo(0));
  }

  @Override
  public Reading probe(Liveness specification, ProbeContext context) {
    if (context.model().signature().inputs().isEmpty()) {
      throw new NotApplicableException("the model has no inputs that could be changed");
    }
    Calls calls = Calls.make(specification.on(), context);
    Map<String, Movement> outputs = new LinkedHashMap<>();
    calls.all().forEach(call -> add(outputs, call.outputs(), call.places(), true));
    Map<String, Double> changed = new LinkedHashMap<>();
    List<String> fixed = new ArrayList<>();
    for (String input : calls.all().get(0).inputs().keySet()) {
      double most = -1;
      for (Calls.Call call : calls.all().subList(0, Math.min(CALLS, calls.all().size()))) {
        most = Math.max(most, changes(input, call, calls, outputs, context));
      }
      if (most < 0) {
        fixed.add(input);
      } else {
        changed.put(input, most);
      }
    }
    if (changed.isEmpty()) {
      throw new NotApplicableException(
          "no other values are known for the inputs %s; declare some with 'data'"
              .formatted(String.join(", ", fixed)));
    }
    Map<String, List<Integer>> columns = new LinkedHashMap<>();
    changed.forEach(
        (input, most) -> {
          Tensor tensor = calls.all().get(0).inputs().get(input);
          if (tensor != null && Columns.areIn(tensor)) {
            columns.put(input, deadColumns(input, tensor, calls, outputs, context));
          }
        });
    return reading(calls, outputs, changed, columns, fixed);
  }

  private static List<Integer> deadColumns(
      String input,
      Tensor tensor,
      Calls calls,
      Map<String, Movement> outputs,
      ProbeContext context) {
    InputSpec source = calls.data().inputs().get(input);
    Calls.Call call = calls.all().get(0);
    return Columns.dead(
        tensor,
        Variations.of(input, tensor, source),
        other -> share(input, other, call, outputs, context) > 0);
  }

  private static void add(
      Map<String, Movement> outputs, Map<String, Value> values, Places places, boolean usual) {
    values.forEach(
        (name, value) -> outputs.computeIfAbsent(name, Movement::new).add(value, places, usual));
  }

  /** The share of outputs' elements that change with an input; -1 if it cannot be changed. */
  private static double changes(
      String input,
      Calls.Call call,
      Calls calls,
      Map<String, Movement> outputs,
      ProbeContext context) {
    Tensor tensor = call.inputs().get(input);
    InputSpec source = calls.data().inputs().get(input);
    double most = -1;
    for (Tensor other : tensor == null ? List.<Tensor>of() : Variations.of(input, tensor, source)) {
      most = Math.max(most, share(input, other, call, outputs, context));
    }
    return most;
  }

  /** The share of outputs' elements that change when an input is this instead. */
  private static double share(
      String input,
      Tensor other,
      Calls.Call call,
      Map<String, Movement> outputs,
      ProbeContext context) {
    try {
      Map<String, Value> answer = context.model().run(call.with(input, other));
      add(outputs, answer, call.places(), false);
      return share(answer, call.outputs());
    } catch (ModelException e) {
      if (e.reason() != Reason.RUN_FAILED) {
        throw e;
      }
      return 1; // a refusal is an answer, too
    }
  }

  private static double share(Map<String, Value> actual, Map<String, Value> usual) {
    long elements = 0;
    long changed = 0;
    for (Map.Entry<String, Value> output : usual.entrySet()) {
      Difference difference = new Difference(Tolerance.NONE);
      Value other = actual.get(output.getKey());
      if (other != null) {
        difference.add(other, output.getValue(), Places.one(0, ""));
      }
      elements += difference.elements();
      changed += difference.mismatches().count();
    }
    return elements == 0 ? 0 : Math.min(1, (double) changed / (double) elements);
  }

  private static Reading reading(
      Calls calls,
      Map<String, Movement> outputs,
      Map<String, Double> changed,
      Map<String, List<Integer>> columns,
      List<String> fixed) {
    Reading.Builder reading = Reading.builder();
    List<String> sentences = new ArrayList<>();
    List<String> deadInputs =
        changed.entrySet().stream().filter(e -> e.getValue() == 0).map(Map.Entry::getKey).toList();
    add(reading, DEAD_INPUTS, deadInputs, changed.size());
    deadInputs.forEach(
        input ->
            sentences.add(
                "nothing that the input '%s' is changed to changes any output".formatted(input)));
    changed.forEach(
        (input, share) ->
            reading.add(Measurement.exact(CHANGED + "[" + input + "]", share, FRACTION)));
    columns.forEach(
        (input, dead) -> {
          add(reading, DEAD_COLUMNS + "[" + input + "]", dead, columnsOf(input, calls));
          if (!dead.isEmpty() && !deadInputs.contains(input)) {
            sentences.add(
                "of the input '%s', %s nothing in the rows fed, counted from 0: %s"
                    .formatted(
                        input,
                        dead.size() == 1 ? "one column changes" : dead.size() + " columns change",
                        joined(dead)));
          }
        });
    List<String> deadOutputs = new ArrayList<>();
    List<String> saturated = new ArrayList<>();
    List<String> softmaxed = new ArrayList<>();
    outputs.forEach(
        (name, output) -> {
          if (output.isFloating() && output.size() > 0 && output.dead() == output.size()) {
            deadOutputs.add(name);
            sentences.add("the output '%s' is the same whatever is fed".formatted(name));
          } else if (output.isSoftmaxed()) {
            softmaxed.add(name);
            sentences.add(
                "the output '%s' sums to 1 in every row: it holds probabilities, of which a second softmax would make nearly equal ones"
                    .formatted(name));
          } else if (isSaturated(output)) {
            saturated.add(name);
            sentences.add(
                "the softmax of the output '%s' is 0 and 1 in %d of %s: the model is certain of inputs that mean nothing"
                    .formatted(name, output.saturated(), Calls.count(output.units(), "row")));
          }
        });
    add(reading, DEAD_OUTPUTS, deadOutputs, outputs.size());
    outputs.forEach((name, output) -> elements(reading, name, output));
    add(reading, SATURATED_OUTPUTS, saturated, outputs.size());
    add(reading, SOFTMAXED, softmaxed, outputs.size());
    sentences.forEach(sentence -> reading.add(new Evidence.Note("Dead or saturated", sentence)));
    if (!fixed.isEmpty()) {
      reading.add(
          new Evidence.Note(
              "Not changed",
              "no other values are known for the inputs " + String.join(", ", fixed)));
    }
    return reading.add(new Evidence.Note("What was fed", calls.words())).build();
  }

  private static boolean isSaturated(Movement output) {
    return output.isLogits()
        && output.units() >= FEWEST
        && (double) output.saturated() >= MOST * (double) output.units();
  }

  private static long columnsOf(String input, Calls calls) {
    return Objects.requireNonNull(calls.all().get(0).inputs().get(input)).dim(1);
  }

  private static void add(Reading.Builder reading, String name, List<?> found, long of) {
    Measurement count = new Measurement(name, NUMBER, (double) found.size(), null, of, null, null);
    reading.add(found.isEmpty() ? count : count.note(joined(found)));
  }

  private static String joined(List<?> found) {
    String shown =
        found.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
    return found.size() <= SHOWN ? shown : shown + " and " + (found.size() - SHOWN) + " more";
  }

  private static void elements(Reading.Builder reading, String name, Movement output) {
    if (output.size() > 0) {
      reading.add(
          Measurement.sampled(
              DEAD_ELEMENTS + "[" + name + "]",
              (double) output.dead() / (double) output.size(),
              FRACTION,
              output.size(),
              null));
    }
    if (output.isBounded()) {
      reading.add(
          Measurement.sampled(
              SATURATED_SHARE + "[" + name + "]",
              (double) output.saturated() / (double) output.units(),
              FRACTION,
              output.units(),
              null));
    }
    if (output.tied() >= 0) {
      Measurement tied = Measurement.exact(TIED + "[" + name + "]", (double) output.tied(), NUMBER);
      List<Integer> first = output.firstTied();
      reading.add(
          first.isEmpty()
              ? tied
              : tied.note("such as %d and %d".formatted(first.get(0), first.get(1))));
    }
  }
}
