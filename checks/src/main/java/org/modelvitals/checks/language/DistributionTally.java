package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.KnownDistribution.Distance;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.statistics.RatioOfSums;

/** Everything counted of the distributions at the positions of texts. */
final class DistributionTally {
  private static final int WORST = 20;
  private static final int BARS = 10;
  static final int ENTROPY_BINS = 40;

  private final Tokenizer tokenizer;
  private final double low;
  private final double high;
  final double[] largest;
  final TiedTokens ties = new TiedTokens();
  final long[] entropies = new long[ENTROPY_BINS];
  final RatioOfSums entropy = new RatioOfSums();
  final RatioOfSums klDivergence = new RatioOfSums();
  final RatioOfSums jsDivergence = new RatioOfSums();
  final RatioOfSums totalVariation = new RatioOfSums();
  final TreeSet<Apart> worst =
      new TreeSet<>(
          Comparator.comparingDouble((Apart apart) -> -apart.distance().klDivergence())
              .thenComparingLong(Apart::text)
              .thenComparingInt(Apart::position));
  List<Evidence.Bars.Bar> worstBars = List.of();
  long positions;
  long nonFinite;
  @Nullable String firstNonFinite;
  long softmaxed;
  @Nullable String firstSoftmaxed;
  long collapsed;
  @Nullable String firstCollapsed;
  long flat;
  @Nullable String firstFlat;
  double farthestSum = 1;
  double minEntropy = Double.POSITIVE_INFINITY;
  double maxEntropy;
  long compared;
  long agreeing;
  double maxKl;
  double maxJs;
  double maxVariation;
  double maxDifference;
  @Nullable String maxDifferenceAt;

  /**
   * @param low the entropy below which a distribution has collapsed
   * @param high the entropy above which it is flat
   */
  DistributionTally(Tokenizer tokenizer, int vocabulary, double low, double high) {
    this.tokenizer = tokenizer;
    this.largest = new double[vocabulary];
    this.low = low;
    this.high = high;
  }

  /**
   * A position at which the model is far from what is known.
   *
   * @param text the number of the text
   * @param known the most probable token, as it is known
   * @param said the most probable token of the model
   */
  record Apart(
      long text, int position, String where, Distance distance, String known, String said) {}

  /** Takes in the distribution after a token of a text. */
  void add(TextState state, int position, PositionDistribution model) {
    positions++;
    if (model.softmaxed()) {
      softmaxed++;
      firstSoftmaxed = firstSoftmaxed == null ? where(state, position) : firstSoftmaxed;
    }
    if (model.nonFinite() > 0) {
      nonFinite++;
      if (firstNonFinite == null) {
        firstNonFinite =
            "%,d of %,d logits are no finite numbers at %s"
                .formatted(model.nonFinite(), model.size(), where(state, position));
      }
      return;
    }
    for (int token = 0; token < largest.length; token++) {
      largest[token] = Math.max(largest[token], model.probability(token));
    }
    ties.add(model);
    if (Math.abs(model.sum() - 1) > Math.abs(farthestSum - 1)) {
      farthestSum = model.sum();
    }
    addEntropy(state, position, model.entropy());
    KnownDistribution known = state.known()[position];
    if (known != null) {
      compare(state, position, known, model);
    }
  }

  private void addEntropy(TextState state, int position, double value) {
    state.positions++;
    state.entropy += value;
    minEntropy = Math.min(minEntropy, value);
    maxEntropy = Math.max(maxEntropy, value);
    int bin = (int) (value / Math.log(largest.length) * ENTROPY_BINS);
    entropies[Math.max(0, Math.min(ENTROPY_BINS - 1, bin))]++;
    if (value < low) {
      collapsed++;
      firstCollapsed = firstCollapsed == null ? where(state, position) : firstCollapsed;
    }
    if (value > high) {
      flat++;
      firstFlat = firstFlat == null ? where(state, position) : firstFlat;
    }
  }

  private void compare(
      TextState state, int position, KnownDistribution known, PositionDistribution model) {
    Distance distance = known.to(model);
    state.add(distance);
    compared++;
    agreeing += distance.agrees() ? 1 : 0;
    maxJs = Math.max(maxJs, distance.jsDivergence());
    maxVariation = Math.max(maxVariation, distance.totalVariation());
    if (distance.maxDifference() > maxDifference) {
      maxDifference = distance.maxDifference();
      maxDifferenceAt =
          "for '%s' at %s".formatted(tokenizer.name(distance.token()), where(state, position));
    }
    if (compared == 1 || distance.klDivergence() > maxKl) {
      maxKl = distance.klDivergence();
      worstBars = bars(known, model);
    }
    if (worst.size() < WORST || distance.klDivergence() > worst.last().distance().klDivergence()) {
      worst.add(
          new Apart(
              state.text().index(),
              position,
              where(state, position),
              distance,
              tokenizer.name(known.token(0)),
              tokenizer.name(model.top())));
      if (worst.size() > WORST) {
        worst.pollLast();
      }
    }
  }

  private List<Evidence.Bars.Bar> bars(KnownDistribution known, PositionDistribution model) {
    List<Evidence.Bars.Bar> bars = new ArrayList<>();
    for (int token : model.top(BARS)) {
      bars.add(bar(token, known, model));
    }
    for (int i = 0; i < Math.min(BARS, known.size()); i++) {
      int token = known.token(i);
      String name = tokenizer.name(token);
      if (bars.stream().noneMatch(bar -> bar.label().equals(name))) {
        bars.add(bar(token, known, model));
      }
    }
    return bars;
  }

  private Evidence.Bars.Bar bar(int token, KnownDistribution known, PositionDistribution model) {
    return new Evidence.Bars.Bar(
        tokenizer.name(token), model.probability(token), known.probability(token));
  }

  private String where(TextState state, int position) {
    return "%s after token %d, '%s'"
        .formatted(state.text().where(), position, tokenizer.name(state.ids()[position]));
  }

  /** Takes in the sums of a text all of whose positions were added. */
  void done(TextState state) {
    if (state.positions > 0) {
      entropy.add(state.entropy, (double) state.positions);
    }
    if (state.compared > 0) {
      double count = (double) state.compared;
      klDivergence.add(state.klDivergence, count);
      jsDivergence.add(state.jsDivergence, count);
      totalVariation.add(state.totalVariation, count);
    }
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }
}
