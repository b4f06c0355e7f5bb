package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * Puts slices into an order, the worst first. Of one whose interval is too wide nothing is said. As
 * several are looked at, a slice is held against the whole by an interval at the level that
 * Bonferroni's correction asks for.
 */
public final class SliceRanking {
  private static final int BARS = 30;

  private final String metric;
  private final Unit unit;
  private final boolean more;
  private final double whole;
  private final double widest;
  private final List<Ranked> slices = new ArrayList<>();

  private record Ranked(
      String name, long rows, double value, DoubleFunction<Interval> interval, String unsaid) {}

  /**
   * @param more whether more is better
   * @param whole the metric of all rows
   * @param widest how wide an interval may be before the slice counts as too small
   */
  public SliceRanking(String metric, Unit unit, boolean more, double whole, double widest) {
    this.metric = metric;
    this.unit = unit;
    this.more = more;
    this.whole = whole;
    this.widest = widest;
  }

  /**
   * Adds a slice.
   *
   * @param interval of the metric, at a level
   * @param tooFew why nothing is said of it
   */
  public void add(
      String name,
      long rows,
      double value,
      DoubleFunction<Interval> interval,
      Optional<String> tooFew) {
    slices.add(new Ranked(name, rows, value, interval, tooFew.orElseGet(() -> tooWide(interval))));
  }

  private String tooWide(DoubleFunction<Interval> interval) {
    Interval usual = interval.apply(Intervals.LEVEL);
    double width = usual.high() - usual.low();
    if (width <= widest) {
      return "";
    }
    return Double.isFinite(width)
        ? "too few rows to say: the interval is %s wide".formatted(shown(width))
        : "too few rows to say";
  }

  /** The worst slice as a measurement, and all of them as evidence; nothing if there are none. */
  public SliceFindings findings() {
    if (slices.isEmpty()) {
      return SliceFindings.NONE;
    }
    Comparator<Ranked> worstFirst =
        Comparator.comparingDouble((Ranked slice) -> more ? slice.value : -slice.value);
    List<Ranked> said =
        slices.stream().filter(slice -> slice.unsaid.isEmpty()).sorted(worstFirst).toList();
    List<Ranked> unsaid =
        slices.stream()
            .filter(slice -> !slice.unsaid.isEmpty())
            .sorted(Comparator.comparingLong((Ranked slice) -> -slice.rows))
            .toList();
    List<Evidence> evidence = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    said.forEach(slice -> rows.add(row(slice, against(slice, said.size()))));
    unsaid.forEach(slice -> rows.add(row(slice, slice.unsaid)));
    evidence.add(
        new Evidence.Table(
            "Slices, the worst first",
            sentence(said),
            List.of("slice", "rows", metric, "95 % interval", "against all rows"),
            rows));
    if (said.size() > 1) {
      evidence.add(
          new Evidence.Bars(
              "The worst slices",
              "",
              unit,
              said.stream()
                  .limit(BARS)
                  .map(slice -> new Evidence.Bars.Bar(slice.name, slice.value, whole))
                  .toList()));
    }
    return new SliceFindings(List.of(worst(said)), evidence);
  }

  /** The interval holds for the worst of all slices: every one has its part of the error. */
  private Measurement worst(List<Ranked> said) {
    if (said.isEmpty()) {
      return Measurement.undefined(
          "worst slice",
          unit,
          0,
          "of %,d slices every one has too few rows to say".formatted(slices.size()));
    }
    Ranked worst = said.get(0);
    double level = level(said.size());
    ToDoubleFunction<Ranked> low = slice -> slice.interval.apply(level).low();
    ToDoubleFunction<Ranked> high = slice -> slice.interval.apply(level).high();
    Interval interval =
        more
            ? new Interval(
                said.stream().mapToDouble(low).min().orElseThrow(),
                said.stream().mapToDouble(high).min().orElseThrow(),
                Intervals.LEVEL,
                "Bonferroni")
            : new Interval(
                said.stream().mapToDouble(low).max().orElseThrow(),
                said.stream().mapToDouble(high).max().orElseThrow(),
                Intervals.LEVEL,
                "Bonferroni");
    return Measurement.sampled("worst slice", worst.value, unit, worst.rows, interval)
        .note("%s where %s".formatted(metric, worst.name));
  }

  private static double level(int slices) {
    return 1 - (1 - Intervals.LEVEL) / slices;
  }

  private String against(Ranked slice, int looks) {
    Interval interval = slice.interval.apply(level(looks));
    if (interval.low() > whole) {
      return more ? "better" : "worse";
    }
    if (interval.high() < whole) {
      return more ? "worse" : "better";
    }
    return "no clear difference";
  }

  private String sentence(List<Ranked> said) {
    if (said.isEmpty() || !against(said.get(0), said.size()).equals("worse")) {
      return "";
    }
    Ranked worst = said.get(0);
    return "the worst slice is %s: %s %s in %,d rows, %s in all"
        .formatted(worst.name, metric, shown(worst.value), worst.rows, shown(whole));
  }

  private List<String> row(Ranked slice, String against) {
    Interval interval = slice.interval.apply(Intervals.LEVEL);
    return List.of(
        slice.name,
        String.format(Locale.ROOT, "%,d", slice.rows),
        shown(slice.value),
        Double.isFinite(interval.low()) && Double.isFinite(interval.high())
            ? shown(interval.low()) + " to " + shown(interval.high())
            : "",
        against);
  }

  private String shown(double value) {
    return Quantity.of(value, unit).display();
  }
}
