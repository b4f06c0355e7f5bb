package org.modelvitals.checks.text;

import java.util.List;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Bootstrap;

/** The score of a corpus, with what it was computed from. */
public final class CorpusScore {

  /**
   * Ends every signature. The number grows when a score of the same texts and options could differ
   * from before.
   */
  static final String VERSION = "modelvitals.1";

  private final CorpusMetric metric;
  private final List<double[]> counts;
  private final String references;
  private final double[] sums;

  CorpusScore(CorpusMetric metric, List<double[]> counts, String references) {
    this.metric = metric;
    this.counts = List.copyOf(counts);
    this.references = references;
    this.sums = new double[counts.get(0).length];
    counts.forEach(segment -> add(segment, sums));
  }

  private static void add(double[] counts, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }

  public double score() {
    return metric.score(sums.clone());
  }

  public int segments() {
    return counts.size();
  }

  /** The score of one segment alone, with the metric's options as they are. */
  public double segment(int index) {
    return metric.score(counts.get(index).clone());
  }

  /** The sums that the score is computed from; what they are, the metric says. */
  public double[] sums() {
    return sums.clone();
  }

  /**
   * Name, number of references, options and version in sacreBLEU's form: {@code
   * BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:…}.
   */
  public String signature() {
    return "%s|nrefs:%s|%s|version:%s"
        .formatted(metric.name(), references, metric.options(), VERSION);
  }

  /**
   * The interval of the score over corpora resampled by segments (Koehn 2004, Statistical
   * significance tests for machine translation evaluation; BCa instead of percentiles, since scores
   * of corpora are skewed).
   *
   * @param seed makes it reproducible
   * @param resamples how many corpora are drawn; sacreBLEU's default is 1000
   */
  public Interval bootstrap(long seed, int resamples, double level) {
    return Bootstrap.bca(counts.size(), this::scoreOf, level, resamples, seed);
  }

  private double scoreOf(int[] segments) {
    double[] drawn = new double[sums.length];
    for (int segment : segments) {
      add(counts.get(segment), drawn);
    }
    return metric.score(drawn);
  }
}
