package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.data.Batch;
import org.modelvitals.model.Value;
import org.modelvitals.probe.Accumulator;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** Sums up how the outputs of a model differ from those of a reference. */
final class ParityAccumulator implements Accumulator<ParityAccumulator> {
  private final Tolerance tolerance;
  private final Expected expected;
  private final Map<String, Difference> differences = new LinkedHashMap<>();
  private long rows;

  ParityAccumulator(Tolerance tolerance, Expected expected) {
    this.tolerance = tolerance;
    this.expected = expected;
  }

  @Override
  public void add(Batch batch, Map<String, Value> outputs) {
    Places places = Places.of(batch);
    expected
        .next(batch, outputs)
        .forEach(
            (name, reference) ->
                differences
                    .computeIfAbsent(name, output -> new Difference(tolerance))
                    .add(Objects.requireNonNull(outputs.get(name), name), reference, places));
    rows += batch.rows();
  }

  @Override
  public void merge(ParityAccumulator other) {
    other.differences.forEach(
        (name, difference) ->
            differences
                .computeIfAbsent(name, output -> new Difference(tolerance))
                .merge(difference));
    rows += other.rows;
  }

  @Override
  public Reading finish() {
    Reading.Builder reading = Reading.builder();
    reading.add(Measurement.exact("rows", (double) rows, NUMBER));
    Difference all = new Difference(tolerance);
    differences.values().forEach(all::merge);
    DifferenceReading.ofAll(all).forEach(reading::add);
    DifferenceReading.further(all, "", 1).forEach(reading::add);
    differences.forEach((name, difference) -> add(reading, difference, "[" + name + "]"));
    differences.forEach(
        (name, difference) -> {
          if (difference.mismatches().count() > 0) {
            reading.add(difference.mismatches().table(name, tolerance.toString()));
          }
          if (!difference.otherMaxima().isEmpty()) {
            reading.add(maxima(name, difference));
          }
        });
    return reading.build();
  }

  private static void add(Reading.Builder reading, Difference difference, String part) {
    DifferenceReading.basic(difference, part).forEach(reading::add);
    DifferenceReading.further(difference, part, 1).forEach(reading::add);
  }

  private static Evidence maxima(String output, Difference difference) {
    List<String> first = difference.otherMaxima().get(0);
    return new Evidence.Table(
        "First rows of '%s' whose largest value is another".formatted(output),
        "the largest value of '%s' in %s is %s, that of the reference %s"
            .formatted(output, first.get(0), first.get(1), first.get(2)),
        List.of("row", "largest", "the reference's"),
        difference.otherMaxima());
  }
}
