package org.modelvitals.checks.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.CellBootstrap;
import org.modelvitals.statistics.Intervals;

/** Intervals of measures over classes, by resampling the confusion matrix. */
record ResampledScores(Map<String, Interval> intervals) {
  static final ResampledScores NONE = new ResampledScores(Map.of());

  private static final Map<String, ToDoubleFunction<ClassScores>> MEASURES = measures();

  private static final Set<String> MEASURES_OF_AGREEMENT =
      Set.of("cohen kappa", "matthews correlation");

  private static Map<String, ToDoubleFunction<ClassScores>> measures() {
    Map<String, ToDoubleFunction<ClassScores>> measures = new LinkedHashMap<>();
    measures.put("balanced accuracy", ClassScores::balancedAccuracy);
    measures.put("macro recall", ClassScores::macroRecall);
    measures.put("macro precision", ClassScores::macroPrecision);
    measures.put("macro f1", ClassScores::macroF1);
    measures.put("micro f1", ClassScores::microF1);
    measures.put("weighted precision", ClassScores::weightedPrecision);
    measures.put("weighted f1", ClassScores::weightedF1);
    measures.put("cohen kappa", ClassScores::kappa);
    measures.put("matthews correlation", ClassScores::matthews);
    return measures;
  }

  static ResampledScores of(Confusion confusion, int resamples, long seed) {
    List<Confusion.Pair> pairs = confusion.inOrder();
    if (pairs.stream().allMatch(pair -> pair.truth() == pair.said())) {
      return flawless(
          pairs.stream().mapToLong(p -> confusion.count(p.truth(), p.said())).toArray());
    }
    long[] cells = pairs.stream().mapToLong(p -> confusion.count(p.truth(), p.said())).toArray();
    List<Interval> found =
        CellBootstrap.bca(
            cells,
            drawn -> values(pairs, drawn),
            MEASURES.size(),
            Intervals.LEVEL,
            resamples,
            seed);
    Map<String, Interval> intervals = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(MEASURES.keySet());
    for (int i = 0; i < names.size(); i++) {
      intervals.put(names.get(i), found.get(i));
    }
    return new ResampledScores(intervals);
  }

  /**
   * Where nothing is wrong, resamples are all alike and say nothing. Then the shortfalls that the
   * Wilson intervals of the classes allow are put together as the variances of independent shares
   * are (the method of variance estimates recovery; Zou and Donner 2008), and what measures
   * agreement beyond chance has the shortfall of accuracy, scaled as it scales errors.
   */
  private static ResampledScores flawless(long[] rows) {
    long all = LongStream.of(rows).sum();
    double alike = 0;
    double weighted = 0;
    double chance = 0;
    for (long ofClass : rows) {
      double shortfall = 1 - Intervals.wilson(ofClass, ofClass).low();
      double share = (double) ofClass / all;
      alike += Math.pow(shortfall / rows.length, 2);
      weighted += Math.pow(shortfall * share, 2);
      chance += share * share;
    }
    double accuracy = 1 - Intervals.wilson(all, all).low();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (String name : MEASURES.keySet()) {
      double shortfall =
          name.startsWith("weighted")
              ? Math.sqrt(weighted)
              : name.startsWith("micro")
                  ? accuracy
                  : MEASURES_OF_AGREEMENT.contains(name)
                      ? accuracy / (1 - chance)
                      : Math.sqrt(alike);
      if (Double.isFinite(shortfall)) {
        intervals.put(
            name, new Interval(1 - shortfall, 1, Intervals.LEVEL, "MOVER of Wilson intervals"));
      }
    }
    return new ResampledScores(intervals);
  }

  private static double[] values(List<Confusion.Pair> pairs, long[] drawn) {
    Counts counts = new Counts();
    long said = 0;
    for (int i = 0; i < drawn.length; i++) {
      if (drawn[i] > 0) {
        Confusion.Pair pair = pairs.get(i);
        counts.add(pair.truth(), pair.said(), drawn[i]);
        said += pair.said() < 0 ? 0 : drawn[i];
      }
    }
    ClassScores scores = new ClassScores(counts, said);
    return MEASURES.values().stream().mapToDouble(m -> m.applyAsDouble(scores)).toArray();
  }

  @Nullable Interval interval(String name) {
    return intervals.get(name);
  }
}
