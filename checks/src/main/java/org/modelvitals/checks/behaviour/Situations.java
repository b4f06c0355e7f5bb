package org.modelvitals.checks.behaviour;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Measured;

/** How far the answers of a model in several situations are from those in the usual one. */
final class Situations {
  private static final String MISMATCHES = "mismatches";
  private static final String MAX_DIFFERENCE = "max difference";

  private final Map<String, Situation> situations;
  private final Map<String, Map<String, Difference>> found = new LinkedHashMap<>();

  /**
   * A situation.
   *
   * @param words for the beginning of a sentence
   * @param tolerance how far answers in it may be from the usual ones
   */
  record Situation(String words, Tolerance tolerance) {}

  /**
   * @param situations by the names of measurements' parts
   */
  Situations(Map<String, Situation> situations) {
    this.situations = situations;
    situations.keySet().forEach(name -> found.put(name, new LinkedHashMap<>()));
  }

  private Difference difference(String situation) {
    return new Difference(Objects.requireNonNull(situations.get(situation)).tolerance());
  }

  /** The measurements that {@link #read} adds. */
  static List<MeasurementInfo> measurements(String part) {
    return DifferenceReading.basic(part);
  }

  static Measured mismatches() {
    return Measured.measured(MISMATCHES);
  }

  static Measured mismatches(String situation) {
    return Measured.measured(MISMATCHES, situation);
  }

  static Measured maxDifference() {
    return Measured.measured(MAX_DIFFERENCE);
  }

  static Measured maxDifference(String situation) {
    return Measured.measured(MAX_DIFFERENCE, situation);
  }

  /** Compares the outputs of one call; those that are only in one of the two are left out. */
  void compare(
      String situation,
      Map<String, ? extends Value> actual,
      Map<String, ? extends Value> expected,
      Places places) {
    Map<String, Difference> outputs =
        found.computeIfAbsent(situation, name -> new LinkedHashMap<>());
    expected.forEach(
        (name, value) -> {
          Value other = actual.get(name);
          if (other != null) {
            outputs
                .computeIfAbsent(name, output -> difference(situation))
                .add(other, value, places);
          }
        });
  }

  /** Whether anything differs. */
  boolean any() {
    return found.values().stream()
        .flatMap(outputs -> outputs.values().stream())
        .anyMatch(difference -> difference.mismatches().count() > 0);
  }

  /** Adds the measurements of all situations together and of each, and where they part first. */
  void read(Reading.Builder reading) {
    Difference all = new Difference(Tolerance.NONE);
    Map<String, Difference> bySituation = new LinkedHashMap<>();
    found.forEach(
        (situation, outputs) -> {
          Difference sum = difference(situation);
          outputs.values().forEach(sum::merge);
          all.merge(sum);
          bySituation.put(situation, sum);
        });
    DifferenceReading.ofAll(all).forEach(reading::add);
    bySituation.forEach(
        (situation, sum) ->
            DifferenceReading.basic(sum, "[" + situation + "]").forEach(reading::add));
    found.forEach(
        (situation, outputs) ->
            outputs.forEach(
                (output, difference) -> {
                  if (difference.mismatches().count() > 0) {
                    reading.add(table(situation, output, difference));
                  }
                }));
  }

  private Evidence table(String situation, String output, Difference difference) {
    String where = Objects.requireNonNull(situations.get(situation)).words();
    Evidence.Table table =
        (Evidence.Table) difference.mismatches().table(output, difference.tolerance().toString());
    return new Evidence.Table(
        table.title() + ", " + where,
        where + ", " + table.sentence(),
        table.columns(),
        table.rows());
  }
}
