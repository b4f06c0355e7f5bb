package org.modelvitals.checks.drift;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.DataPass;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** The probe that {@link Drift} declares. */
public final class DriftProbe implements ProbeType<Drift> {
  private static final String PART = "column or output";

  @Override
  public String keyword() {
    return "drift";
  }

  @Override
  public Class<Drift> specification() {
    return Drift.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "drifted",
            NUMBER,
            "How many columns and outputs differ from the reference by more than chance explains:"
                + " by the test of their kind, corrected by Holm's method for all of them."),
        MeasurementInfo.number(
            "max psi", NUMBER, "The largest population stability index of all of them."),
        part(
            "psi",
            NUMBER,
            "The population stability index: the sum of (a - e) ln(a / e) over the shares of bins"
                + " or categories. Interval from the non-central chi-square distribution (Yurdakul"
                + " and Naranjo 2020)."),
        part(
            "jensen-shannon distance",
            NUMBER,
            "The square root of the Jensen-Shannon divergence in bits, 0 to 1 (Endres and Schindelin"
                + " 2003). Interval as that of psi."),
        part(
            "ks statistic",
            NUMBER,
            "The largest distance of the distribution functions, of numbers. Interval by Dvoretzky,"
                + " Kiefer and Wolfowitz."),
        part(
            "ks p-value",
            NUMBER,
            "Of the two-sided test of Kolmogorov and Smirnov, of numbers; exact for small samples."),
        part(
            "chi-square p-value",
            NUMBER,
            "Of Pearson's test of homogeneity, of categories; rare ones are put together."),
        part(
            "mean discrepancy",
            NUMBER,
            "The unbiased estimate of the squared maximum mean discrepancy, of vectors, with a"
                + " Gaussian kernel as wide as the median distance (Gretton et al. 2012)."),
        part(
            "mean discrepancy p-value",
            NUMBER,
            "From permutations; Clopper-Pearson interval for their number."),
        part(
            "unseen share",
            FRACTION,
            "The share of rows with a category that the reference does not have. Wilson interval."),
        part(
            "missing share",
            FRACTION,
            "The share of rows without a value; in a column of numbers or vectors, without a finite"
                + " one. Wilson interval."),
        MeasurementInfo.number("rows", NUMBER, "How many rows there are."),
        MeasurementInfo.number("reference rows", NUMBER, "How many rows the reference has."));
  }

  private static MeasurementInfo part(String name, Unit unit, String description) {
    return MeasurementInfo.ofParts(name, PART, unit, description);
  }

  @Override
  public Reading probe(Drift specification, ProbeContext context) {
    List<Shift> shifts = new ArrayList<>();
    DataSpec data = specification.data();
    DataSpec reference = specification.reference();
    long rows = 0;
    long before = 0;
    if (data.file() != null && reference.file() != null) {
      Table then = Table.read(reference, specification.columns(), context);
      Table now = Table.read(data, then.names(), context);
      compare(specification, context, then, now, shifts);
      rows = now.seen();
      before = then.seen();
    } else if (!specification.columns().isEmpty() || !specification.run()) {
      throw new ProbeException("drift: columns are compared of files; name the 'file' of both");
    }
    if (specification.run()) {
      Table then = outputs(specification, reference, context);
      Table now = outputs(specification, data, context);
      compare(specification, context, then, now, shifts);
      rows = now.seen();
      before = then.seen();
    }
    return new DriftReading(specification, shifts, rows, before).make();
  }

  private static Table outputs(Drift specification, DataSpec data, ProbeContext context) {
    return DataPass.run(
            context,
            data,
            new HashSet<>(specification.labels()),
            new OutputTable(specification.outputs(), context.seed()))
        .table();
  }

  private static void compare(
      Drift specification, ProbeContext context, Table then, Table now, List<Shift> shifts) {
    for (String name : then.names()) {
      shifts.add(
          new Comparison(specification, context.seed(), name, then.column(name), now.column(name))
              .shift());
      context.progress().at(shifts.size(), -1, "columns compared");
    }
  }
}
