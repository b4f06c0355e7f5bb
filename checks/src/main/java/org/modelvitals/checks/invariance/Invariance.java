package org.modelvitals.checks.invariance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Perturbation;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Changes rows in ways that must not matter, and counts the answers that stay the same. An answer
 * is the class with the largest score, or a label; of an output of one number it is the number,
 * within a tolerance, or the side of a threshold.
 *
 * @param perturb by a name of one's own, the steps of a change
 * @param output the output with the answer, chosen as by {@code classification} if null
 * @param classes what the classes are called, for messages
 * @param tolerance by how much any score may differ; null asks for the same class
 * @param threshold the side of it is the answer of an output of one number
 * @param seed of what is random; that of the run if null
 */
@Doc("Changes rows in ways that must not matter, and counts the answers that stay the same.")
public record Invariance(
    @Doc("What the model is fed.") DataSpec data,
    @Doc(
            value = "The changes, by names of your own, each with its steps.",
            example = "{turned: [rotate: 5]}")
        Map<String, List<Perturbation>> perturb,
    @Doc("The output with the answer, if there are several.") @Nullable String output,
    @Doc(value = "The names of the classes, in the order of the outputs.", example = "[no, yes]")
        List<String> classes,
    @Doc("By how much any score may differ; the class must stay the same if left out.") @Minimum(0)
        @Nullable Double tolerance,
    @Doc("The side of it is the answer of an output of one number.") @Nullable Double threshold,
    @Doc("A seed of its own.") @Nullable Long seed)
    implements ProbeSpec {

  public Invariance {
    perturb = changes(perturb);
    classes = List.copyOf(classes);
    if (tolerance != null && !(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be at least 0, not " + tolerance);
    }
    if (tolerance != null && threshold != null) {
      throw new IllegalArgumentException("expected a tolerance or a threshold, and not both");
    }
  }

  static Map<String, List<Perturbation>> changes(Map<String, List<Perturbation>> given) {
    Map<String, List<Perturbation>> copy = new LinkedHashMap<>();
    given.forEach(
        (name, steps) -> {
          if (steps.isEmpty()) {
            throw new IllegalArgumentException("perturb: '%s' has no step".formatted(name));
          }
          copy.put(name, List.copyOf(steps));
        });
    return Collections.unmodifiableMap(copy);
  }

  /** Answers over {@code data} that must stay as they are. */
  public static Invariance invariance(DataSpec data) {
    return new Invariance(data, Map.of(), null, List.of(), null, null, null);
  }

  /** A change that must not matter: its steps are made one after the other. */
  public Invariance under(String name, Perturbation... steps) {
    Map<String, List<Perturbation>> more = new LinkedHashMap<>(perturb);
    more.put(name, List.of(steps));
    return new Invariance(data, more, output, classes, tolerance, threshold, seed);
  }

  /** The output with the answer. */
  public Invariance output(String name) {
    return new Invariance(data, perturb, name, classes, tolerance, threshold, seed);
  }

  /** The names of the classes, in the order of the outputs. */
  public Invariance classes(String... names) {
    return new Invariance(data, perturb, output, List.of(names), tolerance, threshold, seed);
  }

  /** By how much any score may differ. */
  public Invariance tolerance(double most) {
    return new Invariance(data, perturb, output, classes, most, threshold, seed);
  }

  /** The side of it is the answer of an output of one number. */
  public Invariance threshold(double value) {
    return new Invariance(data, perturb, output, classes, tolerance, value, seed);
  }

  /** A seed of its own for what is random. */
  public Invariance seed(long value) {
    return new Invariance(data, perturb, output, classes, tolerance, threshold, value);
  }

  /** Of the rows that a change touches, the share whose answer stays the same under every one. */
  public static Measured unchanged() {
    return Measured.measured("unchanged");
  }

  /** Of the rows that the change touches, the share whose answer stays the same. */
  public static Measured unchanged(String perturbation) {
    return Measured.measured("unchanged", perturbation);
  }

  /** The largest change of any score. */
  public static Measured maxChange(String perturbation) {
    return Measured.measured("max change", perturbation);
  }

  /** The mean over rows of the largest change of a score. */
  public static Measured meanChange(String perturbation) {
    return Measured.measured("mean change", perturbation);
  }

  /** In how many rows a score is not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }
}
