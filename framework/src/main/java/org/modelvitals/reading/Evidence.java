package org.modelvitals.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.unit.Unit;

/**
 * What backs a measurement, in one of a few general shapes that every report can draw. Probes
 * choose a shape; reports know the shapes and no probe.
 */
public sealed interface Evidence {

  /** A short heading. */
  String title();

  /** The one sentence that belongs into a failure message; empty if there is none. */
  String sentence();

  /** A remark. */
  record Note(String title, String sentence) implements Evidence {}

  /** Rows of text under column headings: the first wrong rows, the slowest calls. */
  record Table(String title, String sentence, List<String> columns, List<List<String>> rows)
      implements Evidence {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Counts of two labels against each other: a confusion matrix.
   *
   * @param cells {@code cells[row][column]}, rows being what was true, columns what was predicted
   */
  record Matrix(
      String title,
      String sentence,
      String rowTitle,
      String columnTitle,
      List<String> labels,
      List<List<Long>> cells)
      implements Evidence {
    public Matrix {
      labels = List.copyOf(labels);
      cells = cells.stream().map(List::copyOf).toList();
    }
  }

  /** A distribution, as counts in adjoining bins. */
  record Histogram(String title, String sentence, Unit unit, List<Bin> bins, List<Mark> marks)
      implements Evidence {
    public Histogram {
      bins = List.copyOf(bins);
      marks = List.copyOf(marks);
    }

    /** How many values lie in {@code [low, high)}. */
    public record Bin(double low, double high, long count) {}

    /** A named position on the axis, such as p99. */
    public record Mark(String label, double at) {}
  }

  /**
   * Named values side by side, each with its reference if there is one: the value that it should
   * have, or has in a model that it is compared with.
   */
  record Bars(String title, String sentence, Unit unit, List<Bar> bars) implements Evidence {
    public Bars {
      bars = List.copyOf(bars);
    }

    public record Bar(String label, double value, @Nullable Double reference) {}
  }

  /**
   * Points of one quantity over another.
   *
   * @param diagonal whether the line y = x is what the points should lie on (reliability diagram)
   */
  record Curve(
      String title,
      String sentence,
      String xTitle,
      String yTitle,
      boolean diagonal,
      List<Point> points)
      implements Evidence {
    public Curve {
      points = List.copyOf(points);
    }

    /** A point that stands for {@code count} values. */
    public record Point(double x, double y, long count) {}
  }

  /**
   * A text in pieces, each with a value: the tokens of a text with their log-probabilities. Zero is
   * what a value should be, or be close to; the farther from it, the more a piece stands out.
   *
   * @param mark the index of the piece to look at first, such as the token where two models part;
   *     null if there is none
   */
  record Strip(String title, String sentence, Unit unit, List<Cell> cells, @Nullable Integer mark)
      implements Evidence {
    public Strip {
      cells = List.copyOf(cells);
      if (mark != null && (mark < 0 || mark >= cells.size())) {
        throw new IllegalArgumentException(
            "the mark %d is not one of the %d cells".formatted(mark, cells.size()));
      }
    }

    /**
     * A piece of the text.
     *
     * @param text the piece as it stands in the text, blanks included
     * @param value null where there is none, as for the first token of a text
     * @param note what else is known of it; null for nothing
     */
    public record Cell(String text, @Nullable Double value, @Nullable String note) {}
  }
}
