package org.modelvitals.checks.quality;

import static org.modelvitals.checks.quality.RegressionAccumulator.ERROR;
import static org.modelvitals.checks.quality.RegressionAccumulator.TARGET;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Crossing;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;

/** How measurements of predicted numbers come about from the error of each row. */
final class RegressionStatistics {
  private final @Nullable Crossing crossing;
  private final String slice;

  private RegressionStatistics(@Nullable Crossing crossing, String slice) {
    this.crossing = crossing;
    this.slice = slice;
  }

  /** The statistic of a measurement; empty if it is not made from single rows. */
  static Optional<RowStatistic> of(Slicing slicing, String measurement) {
    int bracket = measurement.endsWith("]") ? measurement.indexOf('[') : -1;
    String word = bracket < 0 ? measurement : measurement.substring(0, bracket);
    String part = bracket < 0 ? "" : measurement.substring(bracket + 1, measurement.length() - 1);
    Crossing crossing =
        slicing.by().stream()
            .filter(known -> isOf(known, part))
            .max(Comparator.comparing(known -> known.columns().size()))
            .orElse(null);
    RegressionStatistics rows = new RegressionStatistics(crossing, part);
    return switch (word) {
      case "mae" -> Optional.of(rows.mean((all, row) -> Math.abs(error(all, row))));
      case "mean error" -> Optional.of(rows.mean(RegressionStatistics::error));
      case "rmse" -> Optional.of(rows.whole(RegressionStatistics::rmse));
      case "r2" -> Optional.of(rows.whole(RegressionStatistics::determination));
      case "median absolute error" -> Optional.of(rows.whole(RegressionStatistics::median));
      default -> Optional.empty();
    };
  }

  private static boolean isOf(Crossing crossing, String part) {
    return part.startsWith(crossing.columns().get(0) + "=")
        && crossing.columns().stream()
            .skip(1)
            .allMatch(column -> part.contains(", " + column + "="));
  }

  private Set<String> columns() {
    return Stream.concat(
            Stream.of(ERROR, TARGET), Stream.ofNullable(crossing).map(RowOutcomeLog::slice))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean belongs(RowOutcomes rows, int row) {
    return crossing == null
        || slice.equals(rows.words(RowOutcomeLog.slice(crossing)).orElseThrow().word(row));
  }

  private static double error(RowOutcomes rows, int row) {
    return rows.numbers(ERROR).orElseThrow().value(row);
  }

  private RowStatistic mean(RowStatistic.Value value) {
    return new RowStatistic.Mean(columns(), this::belongs, value);
  }

  private RowStatistic whole(RowStatistic.Statistic statistic) {
    return new RowStatistic.Whole(
        columns(),
        (rows, chosen) ->
            statistic.of(rows, Arrays.stream(chosen).filter(row -> belongs(rows, row)).toArray()));
  }

  private static double rmse(RowOutcomes rows, int[] chosen) {
    return Math.sqrt(
        Arrays.stream(chosen)
            .mapToDouble(row -> error(rows, row) * error(rows, row))
            .average()
            .orElse(Double.NaN));
  }

  private static double determination(RowOutcomes rows, int[] chosen) {
    Moments targets = new Moments();
    double squares = 0;
    for (int row : chosen) {
      targets.add(rows.numbers(TARGET).orElseThrow().value(row));
      squares += error(rows, row) * error(rows, row);
    }
    return 1 - squares / targets.sumOfSquares();
  }

  private static double median(RowOutcomes rows, int[] chosen) {
    double[] sorted =
        Arrays.stream(chosen).mapToDouble(row -> Math.abs(error(rows, row))).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : Intervals.median(sorted);
  }
}
