package org.modelvitals.checks.invariance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Perturbation;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Keyword;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Changes rows in ways that must move a score in a known direction, and counts the rows in which it
 * does: a larger flat must not cost less.
 *
 * @param raises changes after which the score must not be less
 * @param lowers changes after which it must not be more
 * @param output the output with the score, chosen as by {@code classification} if null
 * @param of the class whose score it is, by name or by number from 0; needed where there are
 *     several
 * @param classes what the classes are called
 * @param least how far the score must move at least; negative allows it to move the other way a
 *     little
 * @param seed of what is random; that of the run if null
 */
@Doc("Changes rows in ways that must move a score in a known direction.")
public record Direction(
    @Doc("What the model is fed.") DataSpec data,
    @Doc(
            value = "Changes after which the score must not be less, by names of your own.",
            example = "{heavier: [add: {columns: bmi, value: 0.02}]}")
        Map<String, List<Perturbation>> raises,
    @Doc("Changes after which the score must not be more.") Map<String, List<Perturbation>> lowers,
    @Doc("The output with the score, if there are several.") @Nullable String output,
    @Doc("The class whose score it is, by name or by number from 0.") @Keyword("class")
        @Nullable String of,
    @Doc(value = "The names of the classes, in the order of the outputs.", example = "[no, yes]")
        List<String> classes,
    @Doc("How far the score must move at least; negative allows a little the other way.")
        @Default("0")
        double least,
    @Doc("A seed of its own.") @Nullable Long seed)
    implements ProbeSpec {

  public Direction {
    raises = Invariance.changes(raises);
    lowers = Invariance.changes(lowers);
    classes = List.copyOf(classes);
    for (String name : lowers.keySet()) {
      if (raises.containsKey(name)) {
        throw new IllegalArgumentException(
            "'%s' stands under raises and under lowers; give them different names".formatted(name));
      }
    }
  }

  /** Scores over {@code data} that must move. */
  public static Direction direction(DataSpec data) {
    return new Direction(data, Map.of(), Map.of(), null, null, List.of(), 0, null);
  }

  /** A change after which the score must not be less. */
  public Direction raisedBy(String name, Perturbation... steps) {
    Map<String, List<Perturbation>> more = new LinkedHashMap<>(raises);
    more.put(name, List.of(steps));
    return new Direction(data, more, lowers, output, of, classes, least, seed);
  }

  /** A change after which the score must not be more. */
  public Direction loweredBy(String name, Perturbation... steps) {
    Map<String, List<Perturbation>> more = new LinkedHashMap<>(lowers);
    more.put(name, List.of(steps));
    return new Direction(data, raises, more, output, of, classes, least, seed);
  }

  /** The output with the score. */
  public Direction output(String name) {
    return new Direction(data, raises, lowers, name, of, classes, least, seed);
  }

  /** The class whose score it is, by name or by number from 0. */
  public Direction of(String name) {
    return new Direction(data, raises, lowers, output, name, classes, least, seed);
  }

  /** The names of the classes, in the order of the outputs. */
  public Direction classes(String... names) {
    return new Direction(data, raises, lowers, output, of, List.of(names), least, seed);
  }

  /** How far the score must move at least. */
  public Direction least(double move) {
    return new Direction(data, raises, lowers, output, of, classes, move, seed);
  }

  /** A seed of its own for what is random. */
  public Direction seed(long value) {
    return new Direction(data, raises, lowers, output, of, classes, least, value);
  }

  /** Of the rows that a change touches, the share in which every one moves the score as it must. */
  public static Measured asExpected() {
    return Measured.measured("as expected");
  }

  /** Of the rows that the change touches, the share in which it moves the score as it must. */
  public static Measured asExpected(String perturbation) {
    return Measured.measured("as expected", perturbation);
  }

  /** How far a change moves the score on average; negative is down. */
  public static Measured meanMove(String perturbation) {
    return Measured.measured("mean move", perturbation);
  }

  /** In how many rows a score is not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }
}
