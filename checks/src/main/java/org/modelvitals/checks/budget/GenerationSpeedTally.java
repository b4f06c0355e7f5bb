package org.modelvitals.checks.budget;

import java.util.Locale;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.statistics.RatioOfSums;
import org.modelvitals.unit.Unit;

/** The times of answers, and what is read from them. */
final class GenerationSpeedTally {
  private static final double NANOS = 1e-9;

  private final boolean hasCache;
  private final LatencyTally first = new LatencyTally();
  private final LatencyTally later = new LatencyTally();
  private final RatioOfSums speed = new RatioOfSums();
  private final RatioOfSums reading = new RatioOfSums();
  private final Moments prompts = new Moments();
  private long cacheGrowth;
  private long cachedTokens;
  private long largest;

  // Of the answer that is being written.
  private int promptTokens;
  private String where = "";
  private int tokens;
  private long nanos;
  private long cacheBefore;

  /**
   * @param hasCache whether the model keeps what earlier tokens left behind
   */
  GenerationSpeedTally(boolean hasCache) {
    this.hasCache = hasCache;
  }

  void start(int prompt, String whereFrom) {
    promptTokens = prompt;
    where = whereFrom;
    prompts.add(prompt);
    tokens = 0;
    nanos = 0;
  }

  void first(long time, long cache) {
    first.add(first.count(), time, where);
    reading.add(promptTokens, time * NANOS);
    nanos += time;
    tokens++;
    cacheBefore = cache;
  }

  void next(long time) {
    later.add(later.count(), time, where);
    nanos += time;
    tokens++;
  }

  void end(long cache) {
    speed.add(tokens, nanos * NANOS);
    // The last token of an answer is never fed, so the cache has not seen it.
    cachedTokens += tokens - 1;
    cacheGrowth += cache - cacheBefore;
    largest = Math.max(largest, cache);
  }

  Reading reading() {
    Reading.Builder all = Reading.builder();
    first.addTo(all, "time to first token", "answers");
    later.addTo(all, "time per output token", "tokens");
    all.add(rate("tokens per second", speed));
    all.add(rate("prompt tokens per second", reading));
    all.add(cache("cache per token", (double) cacheGrowth / cachedTokens));
    all.add(cache("largest cache", (double) largest));
    all.add(
        Measurement.sampled(
            "prompt tokens",
            prompts.mean(),
            Unit.NUMBER,
            prompts.count(),
            Intervals.mean(prompts)));
    all.add(Measurement.exact("answers", (double) first.count(), Unit.NUMBER));
    all.add(
        new Evidence.Note(
            "Speed",
            String.format(
                Locale.ROOT,
                "%,d answers with %,d tokens to prompts of %.0f tokens on average",
                first.count(),
                first.count() + later.count(),
                prompts.mean())));
    all.add(first.distribution("Time to first token"));
    all.add(later.distribution("Time per output token"));
    return all.build();
  }

  private static Measurement rate(String name, RatioOfSums ratio) {
    return Measurement.sampled(
        name,
        ratio.value(),
        Unit.PER_SECOND,
        ratio.clusters(),
        ratio.clusters() < 2 ? null : ratio.interval());
  }

  private Measurement cache(String name, double bytes) {
    return hasCache
        ? Measurement.exact(name, bytes, Unit.BYTES)
        : Measurement.undefined(
            name,
            Unit.BYTES,
            first.count(),
            "the model has no cache: it reads everything again for each token");
  }
}
