package org.modelvitals.checks.drift;

import java.util.List;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * Compares rows with those of a reference, column by column, and what the model makes of both,
 * output by output.
 *
 * @param data the rows of today
 * @param reference the rows that they are compared with
 * @param columns what is compared of the rows; all columns of the reference's first row if empty
 * @param labels columns that are compared, and not fed to the model unless the data name them as
 *     inputs
 * @param outputs the outputs that are compared; all if empty
 * @param run whether the model is run; its outputs are not compared otherwise
 * @param bins into how many bins with equally many rows of the reference numbers are counted
 * @param vectors how many rows of vectors are compared, at most, on either side
 * @param permutations how often vectors are put into new samples, for their p-value
 * @param error how often, at most, anything is called drifted where nothing is
 */
@Doc("Compares rows and what the model makes of them with a reference.")
public record Drift(
    @Doc("The rows of today.") DataSpec data,
    @Doc("The rows that they are compared with.") DataSpec reference,
    @Doc(value = "The columns that are compared; all if left out.", example = "[age, income]")
        List<String> columns,
    @Doc(value = "Columns that are compared, but not fed to the model.", example = "[label]")
        List<String> labels,
    @Doc(value = "The outputs that are compared; all if left out.", example = "[logits]")
        List<String> outputs,
    @Doc("Whether the model is run, so that its outputs can be compared.") @Default("true")
        boolean run,
    @Doc("Into how many bins numbers are counted.") @Default("10") @Minimum(2) int bins,
    @Doc("The most rows of vectors that are compared.") @Default("300") @Minimum(10) int vectors,
    @Doc("How often vectors are put into new samples, for their p-value.")
        @Default("1999")
        @Minimum(99)
        int permutations,
    @Doc("How often, at most, anything is called drifted where nothing is.") @Default("1 %")
        Quantity error)
    implements ProbeSpec {

  public Drift {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
    outputs = List.copyOf(outputs);
    Bounds.atLeast(2, "bins", bins);
    Bounds.atLeast(10, "vectors", vectors);
    Bounds.atLeast(99, "permutations", permutations);
    if (!run && !outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs: the model is not run");
    }
    if (error.unit().dimension() != Dimension.NUMBER
        || !(error.in(Unit.NUMBER) > 0 && error.in(Unit.NUMBER) < 0.5)) {
      throw new IllegalArgumentException(
          "drift: the error rate is '%s'; expected a share between 0 and one half, such as '1 %%'"
              .formatted(error));
    }
  }

  /** Compares {@code data} with {@code reference}. */
  public static Drift drift(DataSpec data, DataSpec reference) {
    return new Drift(
        data, reference, List.of(), List.of(), List.of(), true, 10, 300, 1999, Quantity.percent(1));
  }

  /** The columns that are compared. */
  public Drift columns(String... names) {
    return new Drift(
        data, reference, List.of(names), labels, outputs, run, bins, vectors, permutations, error);
  }

  /** Columns that are compared, but not fed to the model. */
  public Drift labels(String... names) {
    return new Drift(
        data, reference, columns, List.of(names), outputs, run, bins, vectors, permutations, error);
  }

  /** The outputs that are compared. */
  public Drift outputs(String... names) {
    return new Drift(
        data, reference, columns, labels, List.of(names), run, bins, vectors, permutations, error);
  }

  /** Does not run the model: only the rows are compared. */
  public Drift withoutModel() {
    return new Drift(
        data, reference, columns, labels, outputs, false, bins, vectors, permutations, error);
  }

  /** Into how many bins numbers are counted. */
  public Drift bins(int count) {
    return new Drift(
        data, reference, columns, labels, outputs, run, count, vectors, permutations, error);
  }

  /** How many rows of vectors are compared, at most, and how often they are permuted. */
  public Drift vectors(int rows, int times) {
    return new Drift(data, reference, columns, labels, outputs, run, bins, rows, times, error);
  }

  /** How often, at most, anything is called drifted where nothing is. */
  public Drift error(Quantity rate) {
    return new Drift(
        data, reference, columns, labels, outputs, run, bins, vectors, permutations, rate);
  }

  /** How many columns and outputs have drifted. */
  public static Measured drifted() {
    return Measured.measured("drifted");
  }

  /** The largest population stability index of all columns and outputs. */
  public static Measured maxPsi() {
    return Measured.measured("max psi");
  }

  /** The population stability index of a column or output. */
  public static Measured psi(String part) {
    return Measured.measured("psi", part);
  }

  /** The Jensen-Shannon distance of a column or output. */
  public static Measured jensenShannon(String part) {
    return Measured.measured("jensen-shannon distance", part);
  }

  /** The statistic of Kolmogorov and Smirnov of numbers. */
  public static Measured ksStatistic(String part) {
    return Measured.measured("ks statistic", part);
  }

  /** The p-value of the test of Kolmogorov and Smirnov. */
  public static Measured ksPValue(String part) {
    return Measured.measured("ks p-value", part);
  }

  /** The p-value of the chi-square test of categories. */
  public static Measured chiSquarePValue(String part) {
    return Measured.measured("chi-square p-value", part);
  }

  /** The squared maximum mean discrepancy of vectors. */
  public static Measured meanDiscrepancy(String part) {
    return Measured.measured("mean discrepancy", part);
  }

  /** The p-value of the maximum mean discrepancy. */
  public static Measured meanDiscrepancyPValue(String part) {
    return Measured.measured("mean discrepancy p-value", part);
  }

  /** The share of rows whose value the reference does not have, of a column of categories. */
  public static Measured unseenShare(String part) {
    return Measured.measured("unseen share", part);
  }

  /** The share of rows without a value. */
  public static Measured missingShare(String part) {
    return Measured.measured("missing share", part);
  }
}
