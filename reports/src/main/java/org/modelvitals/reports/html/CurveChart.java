package org.modelvitals.reports.html;

import java.util.List;
import java.util.stream.Collectors;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Evidence.Curve.Point;
import org.modelvitals.unit.Quantity;

/**
 * Points of one quantity over another, joined by a line. If they should lie on the diagonal, both
 * axes are the same and the diagonal is drawn; dots are as large as the number of values that they
 * stand for.
 *
 * @param dots empty if there are too many points for dots
 * @param points the first points, as numbers
 */
record CurveChart(
    List<Dot> dots,
    String line,
    List<Tick> xTicks,
    List<Tick> yTicks,
    boolean diagonal,
    List<Point> points,
    String text) {

  static final double WIDTH = 320;
  static final double HEIGHT = 230;
  static final double LEFT = 46;
  static final double RIGHT = 308;
  static final double TOP = 10;
  static final double BOTTOM = 192;

  /** Where text is read better than dots. */
  private static final int DOTS = 60;

  record Dot(double x, double y, double radius, String title) {}

  record Tick(double at, String label) {}

  static CurveChart of(Evidence.Curve curve) {
    List<Point> points =
        curve.points().stream()
            .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
            .toList();
    Axis x = Axis.over(points.stream().mapToDouble(Point::x), LEFT, RIGHT);
    Axis y = Axis.over(points.stream().mapToDouble(Point::y), BOTTOM, TOP).padded(0.08);
    if (curve.diagonal()) {
      boolean isShare = points.stream().allMatch(p -> isShare(p.x()) && isShare(p.y()));
      double low = isShare ? 0 : Math.min(x.low(), y.low());
      double high = isShare ? 1 : Math.max(x.high(), y.high());
      x = new Axis(low, high, LEFT, RIGHT);
      y = new Axis(low, high, BOTTOM, TOP);
    } else if (points.stream().allMatch(point -> point.y() >= 0)) {
      y = y.within(0, Double.POSITIVE_INFINITY);
    }
    Axis across = x;
    Axis up = y;
    return new CurveChart(
        dots(points, curve, across, up),
        points.stream()
            .map(point -> across.at(point.x()) + "," + up.at(point.y()))
            .collect(Collectors.joining(" ")),
        ticks(across),
        ticks(up),
        curve.diagonal(),
        points.subList(0, Math.min(points.size(), DOTS)),
        text(curve, points));
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static List<Dot> dots(List<Point> points, Evidence.Curve curve, Axis x, Axis y) {
    if (points.size() > DOTS) {
      return List.of();
    }
    double most = Math.max(1, points.stream().mapToLong(Point::count).max().orElse(1));
    return points.stream()
        .map(
            point ->
                new Dot(
                    x.at(point.x()),
                    y.at(point.y()),
                    Axis.tenth(
                        2.5 + 5 * Math.sqrt(point.count() / most) * (curve.diagonal() ? 1 : 0)),
                    "%s %s, %s %s, n = %s"
                        .formatted(
                            curve.xTitle(),
                            number(point.x()),
                            curve.yTitle(),
                            number(point.y()),
                            Words.count(point.count()))))
        .toList();
  }

  private static List<Tick> ticks(Axis axis) {
    return axis.ticks(5).stream().map(tick -> new Tick(axis.at(tick), number(tick))).toList();
  }

  static String number(double value) {
    return Quantity.number(value).display();
  }

  private static String text(Evidence.Curve curve, List<Point> points) {
    if (points.isEmpty()) {
      return "No points.";
    }
    Point first = points.get(0);
    Point last = points.get(points.size() - 1);
    return "%s over %s in %s, from %s at %s to %s at %s%s"
        .formatted(
            curve.yTitle(),
            curve.xTitle(),
            Words.count(points.size(), "point"),
            number(first.y()),
            number(first.x()),
            number(last.y()),
            number(last.x()),
            curve.diagonal() ? "; the dashed line is where both are equal" : "");
  }
}
