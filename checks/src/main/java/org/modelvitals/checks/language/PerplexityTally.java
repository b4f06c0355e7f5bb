package org.modelvitals.checks.language;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Windows.Window;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slices;
import org.modelvitals.checks.slices.WeakSlices;
import org.modelvitals.language.Logits;
import org.modelvitals.statistics.RatioOfSums;

/** Sums up how likely a model finds texts. */
final class PerplexityTally {
  private static final int WORST = 20;
  private static final double LN_2 = Math.log(2);

  private static final Comparator<ScoredText> WORST_FIRST =
      Comparator.comparingDouble((ScoredText scored) -> -scored.natsPerToken())
          .thenComparingLong(scored -> scored.text().index());

  final Sums all = new Sums();
  final Slicer slicer;
  final Slices<Sums> slices;
  final Optional<WeakSlices> weak;
  long skipped;
  long windows;
  long nonFinite;
  @Nullable String firstNonFinite;
  long softmaxed;
  @Nullable String firstSoftmaxed;

  /** What Hugging Face's guide calls the average, each text a cluster. */
  final RatioOfSums guide = new RatioOfSums();

  private final TreeSet<ScoredText> worst = new TreeSet<>(WORST_FIRST);

  PerplexityTally(Slicer slicer) {
    this.slicer = slicer;
    this.slices = slicer.slices(Sums::new);
    this.weak = slicer.search();
  }

  /** Nats by tokens, and bits by bytes, each text a cluster. */
  static final class Sums {
    final RatioOfSums perToken = new RatioOfSums();
    final RatioOfSums perByte = new RatioOfSums();

    void add(double nats, long tokens, double bytes) {
      perToken.add(nats, (double) tokens);
      perByte.add(nats / LN_2, bytes);
    }
  }

  /** Takes in the tokens that a window predicts; {@code row} of the logits holds the window. */
  void add(ScoredText scored, Window window, Logits logits, int row) {
    if (window.targets() > 0) {
      RowBatches.require(logits, row, window.firstTarget() - 1 - window.begin());
    }
    double sum = 0;
    for (int target = window.firstTarget(); target < window.end(); target++) {
      double value = logits.logProbability(row, target - 1 - window.begin(), scored.ids()[target]);
      if (!Double.isFinite(value)) {
        nonFinite(scored, target, value);
      }
      if (logits.softmaxed(row, target - 1 - window.begin())) {
        softmaxed(scored, target);
      }
      sum += value;
      scored.set(target, value);
    }
    windows++;
    if (scored.windowDone(window, -sum)) {
      add(scored);
    }
  }

  private void softmaxed(ScoredText scored, int target) {
    softmaxed++;
    if (firstSoftmaxed == null) {
      firstSoftmaxed = "before token %d of %s".formatted(target, scored.text().where());
    }
  }

  private void nonFinite(ScoredText scored, int target, double value) {
    nonFinite++;
    if (firstNonFinite == null) {
      firstNonFinite =
          "the log-probability of token %d of %s is %s"
              .formatted(target, scored.text().where(), value);
    }
  }

  private void add(ScoredText scored) {
    if (nonFinite > 0) {
      return; // nothing that could be summed up means anything
    }
    if (scored.tokens() == 0) {
      skipped++; // windows of one token predict nothing
      return;
    }
    double nats = scored.nats();
    long tokens = scored.tokens();
    double bytes = scored.bytes();
    all.add(nats, tokens, bytes);
    if (scored.guideTokens() > 0) {
      guide.add(scored.guideNats(), (double) scored.guideTokens());
    }
    slices.add(scored.text().row()::text, part -> part.add(nats, tokens, bytes));
    weak.ifPresent(search -> search.add(scored.text().row()::text, nats / tokens));
    if (worst.size() < WORST) {
      worst.add(scored);
    } else if (WORST_FIRST.compare(scored, worst.last()) < 0) {
      worst.pollLast();
      worst.add(scored);
    }
  }

  /** The least likely texts, the worst first. */
  List<ScoredText> worst() {
    return List.copyOf(worst);
  }
}
