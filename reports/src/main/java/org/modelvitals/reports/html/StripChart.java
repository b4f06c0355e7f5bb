package org.modelvitals.reports.html;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Evidence.Strip;
import org.modelvitals.unit.Unit;

/**
 * A text in pieces, each on a ground that is the stronger the farther its value is from zero. Of a
 * long text the part around the mark is shown.
 *
 * @param before how many pieces before the first one are left out
 * @param after how many pieces after the last one are left out
 */
record StripChart(List<Cell> cells, int before, int after, String legend) {

  /** Steps of the ground's strength; 0 is a piece without a value. */
  static final int STEPS = 5;

  /**
   * One piece.
   *
   * @param heat 0 to {@link #STEPS}
   */
  record Cell(String text, String value, String note, int heat, boolean isMarked) {}

  static StripChart of(Strip strip) {
    int all = strip.cells().size();
    int from = first(strip.mark(), all);
    int to = Math.min(all, from + Detail.CELLS);
    double most =
        strip.cells().stream()
            .map(Strip.Cell::value)
            .filter(Objects::nonNull)
            .mapToDouble(Math::abs)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return new StripChart(
        IntStream.range(from, to).mapToObj(i -> cell(strip, i, most)).toList(),
        from,
        all - to,
        legend(strip, most));
  }

  private static int first(@Nullable Integer mark, int all) {
    return mark == null || all <= Detail.CELLS
        ? 0
        : Math.max(0, Math.min(mark - Detail.CELLS / 2, all - Detail.CELLS));
  }

  private static Cell cell(Strip strip, int index, double most) {
    Evidence.Strip.Cell cell = strip.cells().get(index);
    Double value = cell.value();
    Integer mark = strip.mark();
    return new Cell(
        cell.text(),
        value == null ? "" : number(value, most),
        cell.note() == null ? "" : cell.note(),
        value == null ? 0 : heat(value, most),
        mark != null && mark == index);
  }

  /** To what the eye tells apart, and without the unit, which the legend names. */
  private static String number(double value, double most) {
    return CurveChart.number(Words.rounded(value, most / 200) + 0.0);
  }

  /** What is not a number, or has no bound, stands out most. */
  private static int heat(double value, double most) {
    if (!Double.isFinite(value)) {
      return STEPS;
    }
    double share = most == 0 ? 0 : Math.abs(value) / most;
    return Math.max(1, (int) Math.ceil(share * STEPS));
  }

  private static String legend(Strip strip, double most) {
    Unit unit = strip.unit();
    String scale =
        "The stronger the ground, the farther from zero; the strongest is %s."
            .formatted(Words.quantity(most, unit));
    return strip.mark() == null ? scale : scale + " Look first at the piece with the frame.";
  }
}
