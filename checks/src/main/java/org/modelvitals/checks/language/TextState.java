package org.modelvitals.checks.language;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.KnownDistribution.Distance;
import org.modelvitals.checks.language.Texts.Text;

/** A text whose positions are looked at, window by window. */
final class TextState {
  private final Text text;
  private final long[] ids;
  private final @Nullable KnownDistribution[] known;
  private int windowsLeft;
  long positions;
  double entropy;
  long compared;
  double klDivergence;
  double jsDivergence;
  double totalVariation;

  /**
   * @param known what each position is held against; null where there is nothing
   */
  TextState(Text text, long[] ids, @Nullable KnownDistribution[] known, int windows) {
    this.text = text;
    this.ids = ids;
    this.known = known;
    this.windowsLeft = windows;
  }

  Text text() {
    return text;
  }

  long[] ids() {
    return ids;
  }

  @Nullable KnownDistribution[] known() {
    return known;
  }

  void add(Distance distance) {
    compared++;
    klDivergence += distance.klDivergence();
    jsDivergence += distance.jsDivergence();
    totalVariation += distance.totalVariation();
  }

  /** Notes that a window is done; whether it was the last. */
  boolean windowDone() {
    windowsLeft--;
    return windowsLeft == 0;
  }
}
