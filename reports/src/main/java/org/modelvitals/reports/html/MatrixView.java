package org.modelvitals.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.modelvitals.reading.Evidence;

/**
 * A confusion matrix: a grid with totals or, if it has too many labels for one, the worst
 * confusions.
 *
 * @param rows the grid; empty if there are too many labels
 * @param worst what was taken for something else most often; empty if there is a grid
 * @param more how many kinds of confusion are left out of {@code worst}
 */
record MatrixView(
    boolean hasShortLabels,
    List<Row> rows,
    List<Long> columnTotals,
    long total,
    List<Confusion> worst,
    long more,
    String text) {

  record Row(String label, List<Cell> cells, long total) {}

  /**
   * One cell.
   *
   * @param look CSS class: whether it is on the diagonal and its share of the row in five steps
   */
  record Cell(long count, String look) {}

  record Confusion(String row, String column, long count, double share) {}

  static MatrixView of(Evidence.Matrix matrix) {
    int size = matrix.labels().size();
    long[] rowTotals = IntStream.range(0, size).mapToLong(row -> sum(matrix, row)).toArray();
    long right = IntStream.range(0, size).mapToLong(i -> cell(matrix, i, i)).sum();
    long total = IntStream.range(0, size).mapToLong(row -> rowTotals[row]).sum();
    List<Confusion> confusions = confusions(matrix, rowTotals);
    boolean isGrid = size <= Detail.LABELS;
    return new MatrixView(
        matrix.labels().stream().allMatch(label -> label.length() <= 3),
        isGrid ? rows(matrix, rowTotals) : List.of(),
        IntStream.range(0, size)
            .mapToObj(
                column -> IntStream.range(0, size).mapToLong(r -> cell(matrix, r, column)).sum())
            .toList(),
        total,
        isGrid ? List.of() : confusions.stream().limit(Detail.CONFUSIONS).toList(),
        isGrid ? 0 : Math.max(0, confusions.size() - Detail.CONFUSIONS),
        "%s, %s of %s on the diagonal"
            .formatted(Words.count(size, "label"), Words.count(right), Words.count(total)));
  }

  private static List<Row> rows(Evidence.Matrix matrix, long[] totals) {
    int size = matrix.labels().size();
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      List<Cell> cells = new ArrayList<>();
      for (int column = 0; column < size; column++) {
        long count = cell(matrix, row, column);
        cells.add(new Cell(count, look(row == column, count, totals[row])));
      }
      rows.add(new Row(matrix.labels().get(row), cells, totals[row]));
    }
    return rows;
  }

  /** The square root makes single confusions visible beside hundreds of right answers. */
  private static String look(boolean isHit, long count, long total) {
    if (count <= 0 || total <= 0) {
      return "zero";
    }
    long step = Math.max(1, (long) Math.ceil(Math.sqrt(count / (double) total) * 5));
    return (isHit ? "hit" : "miss") + Math.min(5, step);
  }

  private static List<Confusion> confusions(Evidence.Matrix matrix, long[] totals) {
    int size = matrix.labels().size();
    List<Confusion> confusions = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        long count = cell(matrix, row, column);
        if (row != column && count > 0) {
          confusions.add(
              new Confusion(
                  matrix.labels().get(row),
                  matrix.labels().get(column),
                  count,
                  count / (double) totals[row]));
        }
      }
    }
    confusions.sort(
        Comparator.comparingLong(Confusion::count)
            .thenComparingDouble(Confusion::share)
            .reversed());
    return confusions;
  }

  private static long sum(Evidence.Matrix matrix, int row) {
    return IntStream.range(0, matrix.labels().size()).mapToLong(c -> cell(matrix, row, c)).sum();
  }

  /** Zero where a record lacks the cell. */
  private static long cell(Evidence.Matrix matrix, int row, int column) {
    return row < matrix.cells().size() && column < matrix.cells().get(row).size()
        ? matrix.cells().get(row).get(column)
        : 0;
  }
}
