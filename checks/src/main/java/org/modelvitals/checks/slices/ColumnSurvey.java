package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.statistics.RunningQuantiles;

/** What values a column has, learnt before the model runs: quantiles need all of them. */
final class ColumnSurvey {
  private static final int KEPT = 1 << 18;

  /** Numbers of more values than these are cut where they are searched. */
  private static final int FEW = 10;

  private static final int QUARTERS = 4;

  private final String column;
  private final TreeSet<String> values = new TreeSet<>(SliceValues.IN_ORDER);
  private final RunningQuantiles numbers = new RunningQuantiles(KEPT);
  private boolean missing;
  private @Nullable String text; // one that is no number
  private boolean many;

  ColumnSurvey(String column) {
    this.column = column;
  }

  void add(@Nullable Object value) {
    if (value == null || SliceValues.isMissing(value)) {
      missing = true;
      return;
    }
    OptionalDouble number = SliceValues.number(value);
    if (number.isPresent()) {
      numbers.add(number.getAsDouble());
    } else {
      text = value.toString();
    }
    if (!many) {
      values.add(SliceValues.text(value));
      many = values.size() > Slices.MOST;
    }
  }

  /** How values are told apart that nothing is declared of. */
  Cutter cutter() {
    return text == null && values.size() > FEW ? quarters() : Cutter.EACH;
  }

  /** Quarters, called after their edges. */
  private Cutter quarters() {
    return Cutter.at(column, edges(QUARTERS).stream().filter(Objects::nonNull).toList());
  }

  /** Slices with about equally many rows; fewer than asked for where many values are equal. */
  Cutter quantiles(int count) {
    if (text != null) {
      throw new ProbeException(
          "the column '%s' has '%s', and bins need numbers".formatted(column, text));
    }
    return Cutter.parts(column, edges(count));
  }

  private List<@Nullable Double> edges(int count) {
    List<@Nullable Double> edges = new ArrayList<>();
    if (numbers.count() == 0) {
      return edges;
    }
    double last = numbers.quantile(0);
    for (int i = 1; i < count; i++) {
      // The edge belongs to the slice above it, so it is the first number past the share below.
      double edge = numbers.quantile((double) i / count + 1.0 / numbers.count());
      edges.add(edge > last ? edge : null);
      last = edge;
    }
    return edges;
  }

  /** The names of all slices, in order. */
  List<String> slices(Cutter cutter) {
    List<String> names = new ArrayList<>();
    if (cutter instanceof Cutter.OfNumbers cut) {
      names.addAll(cut.names());
    } else if (many) {
      throw Slices.tooMany(column);
    } else {
      names.addAll(values);
    }
    if (missing) {
      names.add(SliceValues.MISSING);
    }
    return names;
  }
}
