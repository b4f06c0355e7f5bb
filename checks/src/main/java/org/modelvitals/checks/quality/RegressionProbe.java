package org.modelvitals.checks.quality;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.checks.slices.SliceInfo;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Unfed;
import org.modelvitals.probe.DataPass;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link Regression} declares. */
public final class RegressionProbe implements ProbeType<Regression> {

  @Override
  public String keyword() {
    return "regression";
  }

  @Override
  public Class<Regression> specification() {
    return Regression.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        sliced("mae", "The mean absolute error. t interval."),
        sliced(
            "rmse",
            "The square root of the mean squared error. Interval from the t interval of the squared"
                + " errors."),
        sliced(
            "r2",
            "The coefficient of determination: 1 - sum of squared errors / sum of squared distances"
                + " of the targets from their mean."),
        sliced("mean error", "The mean of output minus target: the bias. t interval."),
        SliceInfo.worstSlice("mean absolute error", Unit.NUMBER),
        SliceInfo.weakSlices(),
        SliceInfo.weakSliceGap("absolute error", Unit.NUMBER),
        MeasurementInfo.number(
            "median absolute error",
            Unit.NUMBER,
            "The median of the absolute errors; exact up to 1,048,576 rows, past that to 1 part in"
                + " 1024. Distribution-free interval between order statistics."),
        MeasurementInfo.number("max error", Unit.NUMBER, "The largest absolute error."),
        MeasurementInfo.number("rows", Unit.NUMBER, "How many rows were predicted."),
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "In how many rows the output is NaN or infinite; expected to be none."));
  }

  private static MeasurementInfo sliced(String name, String description) {
    return MeasurementInfo.withParts(name, "column=value", Unit.NUMBER, description);
  }

  @Override
  public List<Expectation> implied(Regression specification) {
    return List.of(Regression.nonFiniteOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Regression specification, ProbeContext context) {
    Set<String> reserved =
        Unfed.of(specification.slices(), specification.target(), specification.data(), context);
    Slicer slicer = Slicer.of(specification.slices(), specification.data(), context);
    return DataPass.run(
            context,
            specification.data(),
            reserved,
            new RegressionAccumulator(specification, slicer, context.keepsRows(), context.seed()))
        .finish();
  }

  @Override
  public Optional<RowStatistic> statistic(Regression specification, String measurement) {
    return RegressionStatistics.of(specification.slices(), measurement);
  }
}
