package org.modelvitals.checks.behaviour;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.modelvitals.checks.behaviour.Situations.Situation;
import org.modelvitals.checks.export.Allowance;
import org.modelvitals.data.BatchAxes;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link BatchInvariance} declares. */
public final class BatchInvarianceProbe implements ProbeType<BatchInvariance> {
  private static final String ALONE = "alone";
  private static final String OTHER_PLACE = "other place";

  @Override
  public String keyword() {
    return "batch-invariance";
  }

  @Override
  public Class<BatchInvariance> specification() {
    return BatchInvariance.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Situations.measurements("alone or other place");
  }

  @Override
  public List<Expectation> implied(BatchInvariance specification) {
    return List.of(BatchInvariance.mismatches().isEqualTo(0));
  }

  @Override
  public Reading probe(BatchInvariance specification, ProbeContext context) {
    Model model = context.model();
    BatchAxes axes = BatchAxes.of(model.signature());
    if (!axes.any()) {
      throw new NotApplicableException(
          "a call of the model has a fixed number of rows; its inputs are %s"
              .formatted(
                  model.signature().inputs().stream()
                      .map(ValueInfo::toString)
                      .collect(Collectors.joining(", "))));
    }
    Calls calls = Calls.make(specification.on(), context);
    Situations found = new Situations(situations(Rounding.of(specification.tolerance(), model)));
    Set<String> unrelated = new LinkedHashSet<>();
    for (Calls.Call call : calls.all()) {
      compare(call, model, axes, found, unrelated);
    }
    if (calls.all().stream().allMatch(call -> rows(call, axes) < 2)) {
      throw new NotApplicableException(
          "the model takes one row in a call of those that were tried; a batch has two at least");
    }
    Reading.Builder reading = Reading.builder();
    found.read(reading);
    Set<String> dynamic = Allowance.dynamic(Rounding.operators(model));
    if (found.any() && !dynamic.isEmpty()) {
      reading.add(
          new Evidence.Note(
              "Why",
              "%s takes its scale from all rows that are computed at once, so that a row's answer depends on the others; quantise statically, or call the model row by row"
                  .formatted(String.join(" and ", dynamic))));
    }
    if (!unrelated.isEmpty()) {
      reading.add(
          new Evidence.Note(
              "Not compared",
              "%s has no part for each row".formatted(String.join(", ", unrelated))));
    }
    return reading.add(new Evidence.Note("What was fed", calls.words())).build();
  }

  private static Map<String, Situation> situations(Tolerance tolerance) {
    Map<String, Situation> situations = new LinkedHashMap<>();
    situations.put(ALONE, new Situation("alone instead of in a batch", tolerance));
    situations.put(OTHER_PLACE, new Situation("at another place of the batch", tolerance));
    return situations;
  }

  private static int rows(Calls.Call call, BatchAxes axes) {
    return axes.inputs().entrySet().stream()
        .mapToInt(
            entry ->
                (int)
                    Objects.requireNonNull(call.inputs().get(entry.getKey())).dim(entry.getValue()))
        .max()
        .orElse(1);
  }

  private static void compare(
      Calls.Call call, Model model, BatchAxes axes, Situations found, Set<String> unrelated) {
    int rows = rows(call, axes);
    if (rows < 2) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      Places place =
          Places.one(
              call.places().index(Math.min(row, call.places().rows() - 1)), where(call, row));
      ask(call, model, axes, found, unrelated, ALONE, place, row);
    }
    int[] reversed = IntStream.range(0, rows).map(row -> rows - 1 - row).toArray();
    ask(call, model, axes, found, unrelated, OTHER_PLACE, call.places(), reversed);
  }

  /** A free dimension that takes one size only is no batch. */
  private static Map<String, Value> run(
      Model model, Map<String, Tensor> inputs, int rows, int asked) {
    try {
      return model.run(inputs);
    } catch (ModelException e) {
      if (e.reason() != ModelException.Reason.RUN_FAILED || asked == rows) {
        throw e;
      }
      throw new NotApplicableException(
          "the model takes a call of %d rows and refuses one of %d, so that its first dimension is no batch: %s"
              .formatted(rows, asked, e.getMessage()));
    }
  }

  private static String where(Calls.Call call, int row) {
    return row < call.places().rows() ? call.places().where(row) : "row " + (row + 1);
  }

  private static void ask(
      Calls.Call call,
      Model model,
      BatchAxes axes,
      Situations found,
      Set<String> unrelated,
      String situation,
      Places places,
      int... order) {
    int rows = rows(call, axes);
    Map<String, Tensor> inputs = new LinkedHashMap<>(call.inputs());
    axes.inputs()
        .forEach(
            (name, axis) ->
                inputs.computeIfPresent(name, (key, all) -> Tensors.rows(all, axis, order)));
    Map<String, Value> actual = run(model, inputs, rows, order.length);
    Map<String, Value> expected = new LinkedHashMap<>();
    Map<String, Value> compared = new LinkedHashMap<>();
    for (ValueInfo output : model.signature().outputs()) {
      String name = output.name();
      Value whole = call.outputs().get(name);
      Value part = actual.get(name);
      if (whole == null || part == null) {
        continue;
      }
      Tensors.rows(whole, axes.ofOutput(output), rows, order)
          .ifPresentOrElse(
              value -> {
                expected.put(name, value);
                compared.put(name, part);
              },
              () -> unrelated.add("'" + name + "'"));
    }
    found.compare(situation, compared, expected, places);
  }
}
