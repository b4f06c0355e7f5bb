package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link FiniteOutputs} declares. */
public final class FiniteOutputsProbe implements ProbeType<FiniteOutputs> {
  static final String ELEMENTS = "non-finite elements";
  private static final String NOTHING = "no element came out, so none was looked at";
  static final String REFUSED = "refused calls";
  private static final String DRAWN = "drawn";
  private static final int KEPT = 10;

  @Override
  public String keyword() {
    return "finite-outputs";
  }

  @Override
  public Class<FiniteOutputs> specification() {
    return FiniteOutputs.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            ELEMENTS,
            "kind of input",
            NUMBER,
            "Elements of outputs that are NaN or infinite, in all calls within the range; expected"
                + " to be none. Of kinds of input beyond the range (negative, large, huge) they"
                + " are counted only under the kind."),
        MeasurementInfo.withParts(
            REFUSED,
            "kind of input",
            NUMBER,
            "Calls within the range in which the model failed; expected to be none."),
        MeasurementInfo.number("calls", NUMBER, "How many calls were made within the range."));
  }

  @Override
  public List<Expectation> implied(FiniteOutputs specification) {
    return List.of(
        FiniteOutputs.nonFiniteElements().isEqualTo(0), FiniteOutputs.refusedCalls().isEqualTo(0));
  }

  /** What was found with one kind of input. */
  private static final class Kind {
    private final boolean within;
    private long calls;
    private long seen;
    private long elements;
    private long refused;

    private Kind(boolean within) {
      this.within = within;
    }
  }

  @Override
  public Reading probe(FiniteOutputs specification, ProbeContext context) {
    Calls calls = Calls.make(specification.on(), context);
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List<List<String>> first = new ArrayList<>();
    List<List<String>> beyond = new ArrayList<>();
    Kind drawn = kinds.computeIfAbsent(DRAWN, name -> new Kind(true));
    for (Calls.Call call : calls.all()) {
      drawn.calls++;
      drawn.seen += size(call.outputs());
      drawn.elements += count(call.outputs(), call.places().where(0), first);
    }
    for (Edges.Edge edge : new Edges(calls).all()) {
      Kind kind = kinds.computeIfAbsent(edge.name(), name -> new Kind(edge.within()));
      kind.calls++;
      List<List<String>> found = edge.within() ? first : beyond;
      try {
        Map<String, Value> outputs = context.model().run(edge.inputs());
        kind.seen += size(outputs);
        kind.elements += count(outputs, edge.words(), found);
      } catch (ModelException e) {
        if (e.reason() != Reason.RUN_FAILED) {
          throw e;
        }
        kind.refused++;
        keep(found, edge.words(), "", "the call failed: " + e.getMessage());
      }
    }
    return reading(kinds, first, beyond, calls);
  }

  private static long size(Map<String, Value> outputs) {
    return outputs.values().stream()
        .flatMap(value -> Elements.of(value).stream())
        .mapToLong(Elements::size)
        .sum();
  }

  private static long count(Map<String, Value> outputs, String words, List<List<String>> found) {
    long count = 0;
    for (Map.Entry<String, Value> output : outputs.entrySet()) {
      for (Elements elements : Elements.of(output.getValue())) {
        for (int i = 0; !elements.isText() && i < elements.size(); i++) {
          if (!Double.isFinite(elements.number(i))) {
            count++;
            keep(
                found,
                words,
                "'%s' %s".formatted(output.getKey(), elements.place(i, false)),
                elements.text(i));
          }
        }
      }
    }
    return count;
  }

  private static void keep(List<List<String>> found, String inputs, String place, String value) {
    if (found.size() < KEPT) {
      found.add(List.of(inputs, place, value));
    }
  }

  private static Reading reading(
      Map<String, Kind> kinds, List<List<String>> first, List<List<String>> beyond, Calls calls) {
    Reading.Builder reading = Reading.builder();
    List<Kind> within = kinds.values().stream().filter(kind -> kind.within).toList();
    long made = within.stream().mapToLong(kind -> kind.calls).sum();
    if (within.stream().allMatch(kind -> kind.seen == 0)) {
      reading.add(Measurement.undefined(ELEMENTS, NUMBER, made, NOTHING));
    } else {
      add(reading, ELEMENTS, within.stream().mapToLong(kind -> kind.elements).sum(), made);
    }
    kinds.forEach(
        (name, kind) -> add(reading, ELEMENTS + "[" + name + "]", kind.elements, kind.calls));
    add(reading, REFUSED, within.stream().mapToLong(kind -> kind.refused).sum(), made);
    kinds.forEach(
        (name, kind) -> add(reading, REFUSED + "[" + name + "]", kind.refused, kind.calls));
    reading.add(Measurement.exact("calls", (double) made, NUMBER));
    if (!first.isEmpty()) {
      List<String> one = first.get(0);
      reading.add(
          table(
              "First within the range",
              one.get(1).isEmpty()
                  ? "%s, %s".formatted(one.get(0), one.get(2))
                  : "%s, the output %s is %s".formatted(one.get(0), one.get(1), one.get(2)),
              first));
    }
    if (!beyond.isEmpty()) {
      reading.add(table("First beyond the range, which is not judged", "", beyond));
    }
    return reading.add(new Evidence.Note("What was fed", calls.words())).build();
  }

  private static Evidence table(String title, String sentence, List<List<String>> rows) {
    return new Evidence.Table(title, sentence, List.of("inputs", "output", "value"), rows);
  }

  private static void add(Reading.Builder reading, String name, long count, long calls) {
    reading.add(new Measurement(name, NUMBER, (double) count, null, calls, null, null));
  }
}
