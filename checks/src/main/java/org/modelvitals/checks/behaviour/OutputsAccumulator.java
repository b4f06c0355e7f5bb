package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.data.Batch;
import org.modelvitals.model.Value;
import org.modelvitals.probe.Accumulator;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.text.Nearest;
import org.modelvitals.unit.Quantity;

/** Sums up the outputs of a model, and how they differ from what was expected. */
final class OutputsAccumulator implements Accumulator<OutputsAccumulator> {
  private final Outputs declaration;
  private final Expected expected;
  private final Map<String, Distribution> seen = new LinkedHashMap<>();
  private final Map<String, Difference> differences = new LinkedHashMap<>();
  private long rows;
  private long brokenRows;

  OutputsAccumulator(Outputs declaration, Expected expected) {
    this.declaration = declaration;
    this.expected = expected;
  }

  @Override
  public void add(Batch batch, Map<String, Value> outputs) {
    Map<String, Value> measured = measured(outputs);
    Places places = Places.of(batch);
    BitSet broken = new BitSet();
    measured.forEach(
        (name, value) -> seen.computeIfAbsent(name, this::fresh).add(value, places, broken));
    expected
        .next(batch, measured)
        .forEach(
            (name, reference) ->
                differences
                    .computeIfAbsent(name, key -> difference())
                    .add(Objects.requireNonNull(measured.get(name), name), reference, places));
    rows += batch.rows();
    brokenRows += broken.cardinality();
  }

  private Distribution fresh(String output) {
    return new Distribution(declaration.threshold(), declaration.probabilities().contains(output));
  }

  private Difference difference() {
    return new Difference(new Tolerance(declaration.rtol(), declaration.atol()));
  }

  private Map<String, Value> measured(Map<String, Value> outputs) {
    require(declaration.only(), outputs);
    require(declaration.probabilities(), outputs);
    require(declaration.reference().keySet(), outputs);
    Map<String, Value> measured = new LinkedHashMap<>(outputs);
    if (declaration.only().isEmpty()) {
      declaration.state().stream()
          .filter(name -> !declaration.reference().containsKey(name))
          .forEach(measured::remove);
    } else {
      measured.keySet().retainAll(declaration.only());
      // A reference says by itself that an output is to be looked at.
      declaration.reference().keySet().forEach(name -> put(measured, name, outputs));
    }
    return measured;
  }

  private static void put(Map<String, Value> measured, String name, Map<String, Value> outputs) {
    measured.put(name, Objects.requireNonNull(outputs.get(name), name));
  }

  private static void require(Iterable<String> names, Map<String, Value> outputs) {
    for (String name : names) {
      if (!outputs.containsKey(name)) {
        throw new ProbeException(
            "the model has no output '%s'%s"
                .formatted(
                    name,
                    Nearest.to(name, outputs.keySet())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; it has " + String.join(", ", outputs.keySet()))));
      }
    }
  }

  @Override
  public void merge(OutputsAccumulator other) {
    other.seen.forEach((name, theirs) -> seen.computeIfAbsent(name, this::fresh).merge(theirs));
    other.differences.forEach(
        (name, theirs) -> differences.computeIfAbsent(name, key -> difference()).merge(theirs));
    rows += other.rows;
    brokenRows += other.brokenRows;
  }

  @Override
  public Reading finish() {
    Reading.Builder reading = Reading.builder();
    reading.add(Measurement.exact("rows", (double) rows, NUMBER));
    reading.add(DifferenceReading.counted("non-finite outputs", brokenRows, rows));
    if (!differences.isEmpty()) {
      differences(reading);
    }
    Distribution all = new Distribution(declaration.threshold(), false);
    seen.values().forEach(all::include);
    DistributionReading.numbers(all, "").forEach(reading::add);
    seen.forEach((name, output) -> output(name, output, reading));
    reading.add(table());
    seen.forEach(
        (name, output) -> DistributionReading.histogram(name, output).ifPresent(reading::add));
    return reading.build();
  }

  private void differences(Reading.Builder reading) {
    Difference all = difference();
    differences.values().forEach(all::merge);
    DifferenceReading.basic(all, "").forEach(reading::add);
    DifferenceReading.further(all, "", declaration.peak()).forEach(reading::add);
    differences.forEach(
        (name, one) -> {
          String part = "[" + name + "]";
          DifferenceReading.basic(one, part).forEach(reading::add);
          DifferenceReading.further(one, part, declaration.peak()).forEach(reading::add);
          if (one.mismatches().count() > 0) {
            reading.add(one.mismatches().table(name, one.tolerance().toString()));
          }
        });
  }

  private static void output(String name, Distribution output, Reading.Builder reading) {
    String part = "[" + name + "]";
    if (output.numbers() > 0) {
      DistributionReading.numbers(output, part).forEach(reading::add);
    } else {
      reading.add(Measurement.exact("elements" + part, (double) output.elements(), NUMBER));
    }
    reading.add(
        DifferenceReading.counted("non-finite outputs" + part, output.brokenRows(), output.rows()));
    DistributionReading.texts(output, part).forEach(reading::add);
    if (output.brokenRows() > 0) {
      reading.add(
          new Evidence.Note(
              "Values of '" + name + "' that are no finite numbers",
              "the output '%s' is NaN or infinite in %,d of %,d rows, first at %s"
                  .formatted(
                      name,
                      output.brokenRows(),
                      output.rows(),
                      String.join(", ", output.firstBroken()))));
    }
  }

  private Evidence table() {
    List<List<String>> lines =
        seen.entrySet().stream()
            .map(
                entry -> {
                  Distribution output = entry.getValue();
                  boolean numbers = output.finite().count() > 0;
                  return List.of(
                      entry.getKey(),
                      output.shape(),
                      "%,d".formatted(output.elements()),
                      numbers ? shown(output.min()) : "",
                      numbers ? shown(output.finite().mean()) : "",
                      numbers ? shown(output.max()) : "");
                })
            .toList();
    return new Evidence.Table(
        "Outputs", "", List.of("output", "type", "elements", "min", "mean", "max"), lines);
  }

  private static String shown(double value) {
    return Quantity.number(value).display();
  }
}
