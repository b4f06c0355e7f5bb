package org.modelvitals.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Evidence.Histogram.Bin;
import org.modelvitals.reading.Measurement;
import org.modelvitals.verdict.Outcome;

/**
 * A distribution as bars, with marks above it and the limits of the check's expectations.
 *
 * @param tail a last bin much wider than the others, drawn apart; its label says how far it reaches
 */
record HistogramChart(
    List<Bar> bars,
    List<Line> marks,
    List<Line> limits,
    List<Tick> ticks,
    String tail,
    String most,
    String legend,
    String text) {

  static final double WIDTH = 320;
  static final double TOP = 46;
  static final double BOTTOM = 150;
  private static final double LEFT = 8;
  private static final double RIGHT = 312;
  private static final double TAIL = 26;

  /** Measurements that are places on the axis of the distribution they come from. */
  private static final Pattern PLACE =
      Pattern.compile("(p\\d+(\\.\\d+)?|mean|median|min|max|maximum|minimum)(\\[.*])?");

  record Bar(double x, double y, double width, double height, String title) {}

  /** A vertical line with a label in one of the rows above the bars. */
  record Line(double x, double labelX, double labelY, String anchor, String label) {}

  record Tick(double x, String label) {}

  static HistogramChart of(Evidence.Histogram histogram, List<Outcome> outcomes) {
    List<Bin> bins =
        histogram.bins().stream()
            .filter(bin -> Double.isFinite(bin.low()) && Double.isFinite(bin.high()))
            .toList();
    boolean hasTail = hasTail(bins);
    List<Bin> regular = hasTail ? bins.subList(0, bins.size() - 1) : bins;
    List<Outcome> places =
        outcomes.stream().filter(outcome -> isPlace(outcome, histogram)).toList();
    Axis axis = axis(regular, places, hasTail ? RIGHT - TAIL : RIGHT);
    String tail =
        hasTail ? "to " + Words.quantity(bins.get(bins.size() - 1).high(), histogram.unit()) : "";
    boolean isEven = isEven(regular);
    long most = bins.stream().mapToLong(Bin::count).max().orElse(0);
    ToDoubleFunction<Bin> weight =
        bin -> isEven ? (double) bin.count() : (double) bin.count() / width(bin);
    double heaviest = bins.stream().mapToDouble(weight).max().orElse(0);
    ToDoubleFunction<Bin> height =
        bin -> heaviest > 0 ? (BOTTOM - TOP) * weight.applyAsDouble(bin) / heaviest : 0;
    List<Bar> bars = new ArrayList<>();
    for (Bin bin : regular) {
      double x = axis.at(bin.low());
      bars.add(bar(bin, x, axis.at(bin.high()) - x, height.applyAsDouble(bin), histogram));
    }
    if (hasTail) {
      Bin last = bins.get(bins.size() - 1);
      bars.add(bar(last, RIGHT - 14, 14, height.applyAsDouble(last), histogram));
    }
    Labels labels = new Labels();
    List<Line> limits =
        places.stream()
            .map(place -> labels.line(axis, limit(place), limitLabel(place, axis)))
            .toList();
    List<Line> marks =
        histogram.marks().stream()
            .filter(mark -> Double.isFinite(mark.at()))
            .map(mark -> labels.line(axis, mark.at(), mark.label()))
            .toList();
    return new HistogramChart(
        bars,
        marks,
        limits,
        ticks(axis, histogram, tail),
        tail,
        isEven ? "most " + Words.count(most) : "",
        marks(histogram, " · "),
        text(histogram, bins));
  }

  /** Bars of equal width are as high as their counts; otherwise their areas are. */
  private static boolean isEven(List<Bin> bins) {
    return bins.stream()
        .allMatch(bin -> Math.abs(width(bin) - width(bins.get(0))) <= 0.01 * width(bins.get(0)));
  }

  private static double width(Bin bin) {
    return bin.high() - bin.low();
  }

  private static boolean hasTail(List<Bin> bins) {
    if (bins.size() < 3) {
      return false;
    }
    double[] widths = bins.stream().mapToDouble(HistogramChart::width).sorted().toArray();
    Bin last = bins.get(bins.size() - 1);
    return width(last) > 3 * widths[widths.length / 2];
  }

  private static boolean isPlace(Outcome outcome, Evidence.Histogram histogram) {
    Measurement measured = outcome.measured();
    Double limit = outcome.limit();
    return measured != null
        && limit != null
        && Double.isFinite(limit)
        && measured.unit() == histogram.unit()
        && PLACE.matcher(measured.name().toLowerCase(Locale.ROOT)).matches();
  }

  /** Far limits must not flatten the bars: they are shown at the edge. */
  private static Axis axis(List<Bin> bins, List<Outcome> places, double right) {
    DoubleStream ends =
        bins.stream().flatMapToDouble(bin -> DoubleStream.of(bin.low(), bin.high()));
    Axis axis = Axis.over(ends, LEFT, right);
    double length = axis.high() - axis.low();
    double near =
        places.stream()
            .mapToDouble(HistogramChart::limit)
            .filter(limit -> limit > axis.high() && limit <= axis.high() + length)
            .max()
            .orElse(axis.high());
    return new Axis(
        axis.low(), near > axis.high() ? near + length * 0.05 : axis.high(), LEFT, right);
  }

  private static double limit(Outcome outcome) {
    Double limit = outcome.limit();
    return limit == null ? Double.NaN : limit;
  }

  private static String limitLabel(Outcome outcome, Axis axis) {
    String label = outcome.measurement() + " " + outcome.expected();
    double limit = limit(outcome);
    return axis.covers(limit) ? label : limit > axis.high() ? label + " →" : "← " + label;
  }

  private static Bar bar(
      Bin bin, double x, double width, double height, Evidence.Histogram histogram) {
    double tall = bin.count() > 0 ? Math.max(1, Axis.tenth(height)) : 0;
    return new Bar(
        Axis.tenth(x),
        Axis.tenth(BOTTOM - tall),
        Math.max(0.5, Axis.tenth(width - 1)),
        tall,
        "%s to %s: %s"
            .formatted(
                Words.quantity(bin.low(), histogram.unit()),
                Words.quantity(bin.high(), histogram.unit()),
                Words.count(bin.count())));
  }

  private static List<Tick> ticks(Axis axis, Evidence.Histogram histogram, String tail) {
    double right = tail.isEmpty() ? WIDTH - 20 : WIDTH - 34 - Labels.width(tail);
    return axis.ticks(4).stream()
        .filter(tick -> axis.at(tick) > 16 && axis.at(tick) < right)
        .map(tick -> new Tick(axis.at(tick), Words.quantity(tick, histogram.unit())))
        .toList();
  }

  private static String marks(Evidence.Histogram histogram, String between) {
    return histogram.marks().stream()
        .filter(mark -> Double.isFinite(mark.at()))
        .map(mark -> mark.label() + " " + Words.quantity(mark.at(), histogram.unit()))
        .collect(Collectors.joining(between));
  }

  private static String text(Evidence.Histogram histogram, List<Bin> bins) {
    if (bins.isEmpty()) {
      return "No values.";
    }
    long all = bins.stream().mapToLong(Bin::count).sum();
    String marks = marks(histogram, ", ");
    return "%s from %s to %s%s"
        .formatted(
            Words.count(all, "value"),
            Words.quantity(bins.get(0).low(), histogram.unit()),
            Words.quantity(bins.get(bins.size() - 1).high(), histogram.unit()),
            marks.isEmpty() ? "" : "; " + marks);
  }

  /** Puts labels into rows so that none covers another. */
  private static final class Labels {
    private static final double ROW = 12;
    private static final double LETTER = 5.6;
    private final List<Double> ends = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();

    Line line(Axis axis, double value, String label) {
      double x = axis.at(value);
      double width = width(label);
      boolean isRight = x + width / 2 > WIDTH - 2;
      boolean isLeft = x - width / 2 < 2;
      double start = isRight ? WIDTH - 2 - width : isLeft ? 2 : x - width / 2;
      int row = 0;
      while (row < 3 && isTaken(row, start, start + width)) {
        row++;
      }
      starts.add(start);
      ends.add(start + width);
      rows.add(row);
      return new Line(
          x,
          isRight ? WIDTH - 2 : isLeft ? 2 : x,
          10 + row * ROW,
          isRight ? "end" : isLeft ? "start" : "middle",
          label);
    }

    static double width(String label) {
      return label.codePointCount(0, label.length()) * LETTER;
    }

    private boolean isTaken(int row, double start, double end) {
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i) == row && start < ends.get(i) + 4 && end > starts.get(i) - 4) {
          return true;
        }
      }
      return false;
    }
  }
}
