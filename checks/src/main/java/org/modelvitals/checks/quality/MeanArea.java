package org.modelvitals.checks.quality;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Intervals;

/**
 * The interval of the mean of the areas under the ROC curves of several classes, each against all
 * others. The areas are of the same rows and so not independent: what each row contributes to all
 * of them (DeLong, DeLong and Clarke-Pearson 1988) is summed before it is squared.
 */
final class MeanArea {
  private MeanArea() {}

  /**
   * The interval. Where scores are not kept any more, or nothing varies, its ends are the means of
   * those of the classes, which is wider. Null where a class has none.
   */
  static @Nullable Interval interval(@Nullable RankScores[] areas, Truths truths) {
    Interval exact = exact(areas, truths);
    return exact == null ? ofEnds(areas) : exact;
  }

  private static @Nullable Interval ofEnds(@Nullable RankScores[] areas) {
    double low = 0;
    double high = 0;
    int defined = 0;
    for (RankScores scores : areas) {
      RankScores.Area area = scores == null ? null : scores.area();
      if (area != null) {
        Interval interval = area.interval();
        if (interval == null) {
          return null;
        }
        low += interval.low();
        high += interval.high();
        defined++;
      }
    }
    return defined == 0
        ? null
        : new Interval(low / defined, high / defined, Intervals.LEVEL, "mean of the classes' ends");
  }

  private static @Nullable Interval exact(@Nullable RankScores[] areas, Truths truths) {
    int rows = truths.size();
    if (rows < 2) {
      return null;
    }
    double[] contributions = new double[rows];
    double sum = 0;
    int defined = 0;
    for (int index = 0; index < areas.length; index++) {
      RankScores scores = areas[index];
      if (scores == null || !scores.isExact()) {
        return null;
      }
      double[] ofClass = scores.contributions(index, truths);
      if (ofClass.length > 0) {
        sum += scores.value();
        defined++;
        Arrays.setAll(contributions, row -> contributions[row] + ofClass[row]);
      }
    }
    if (defined == 0) {
      return null;
    }
    double squares = 0;
    for (double contribution : contributions) {
      squares += contribution * contribution;
    }
    double error = Math.sqrt(squares) / defined;
    double mean = sum / defined;
    if (error == 0) {
      return null;
    }
    Interval wide = Intervals.normal(mean, error, Intervals.LEVEL, "DeLong");
    return new Interval(
        Math.max(0, wide.low()), Math.min(1, wide.high()), wide.level(), wide.method());
  }
}
