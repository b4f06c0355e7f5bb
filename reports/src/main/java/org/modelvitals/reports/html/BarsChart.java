package org.modelvitals.reports.html;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.unit.Unit;

/**
 * Named values as bars from a common zero, each with a mark where it should end if that is known.
 */
record BarsChart(List<Row> rows, int more, boolean hasReferences) {
  static final double WIDTH = 120;

  /**
   * One bar.
   *
   * @param at where the reference lies; null if there is none
   */
  record Row(
      String label,
      String value,
      double x,
      double width,
      @Nullable Double at,
      @Nullable String reference) {}

  static BarsChart of(Evidence.Bars evidence) {
    List<Evidence.Bars.Bar> bars = evidence.bars();
    Axis axis = axis(evidence);
    return new BarsChart(
        bars.stream().limit(Detail.BARS).map(bar -> row(bar, axis, evidence.unit())).toList(),
        Math.max(0, bars.size() - Detail.BARS),
        bars.stream().anyMatch(bar -> bar.reference() != null));
  }

  private static Axis axis(Evidence.Bars evidence) {
    DoubleStream values =
        evidence.bars().stream()
            .flatMap(bar -> Stream.of(bar.value(), bar.reference() == null ? 0 : bar.reference()))
            .mapToDouble(Double::doubleValue);
    // Shares are read against the whole.
    double most = evidence.unit() == Unit.FRACTION ? 1 : 0;
    Axis axis = Axis.over(DoubleStream.concat(values, DoubleStream.of(0, most)), 1, WIDTH - 1);
    return axis.low() < 0 && axis.high() <= 0 && axis.covers(0)
        ? axis
        : axis.within(Math.min(0, smallest(evidence)), Double.POSITIVE_INFINITY);
  }

  private static double smallest(Evidence.Bars evidence) {
    return evidence.bars().stream()
        .mapToDouble(Evidence.Bars.Bar::value)
        .filter(Double::isFinite)
        .min()
        .orElse(0);
  }

  private static Row row(Evidence.Bars.Bar bar, Axis axis, Unit unit) {
    double zero = axis.at(0);
    double end = Double.isNaN(bar.value()) ? zero : axis.at(bar.value());
    Double reference = bar.reference();
    return new Row(
        bar.label(),
        Words.quantity(bar.value(), unit),
        Math.min(zero, end),
        Axis.tenth(Math.abs(end - zero)),
        reference == null ? null : (Double) axis.at(reference),
        reference == null ? null : Words.quantity(reference, unit));
  }
}
