package org.modelvitals.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ModelPool;
import org.modelvitals.suite.Containment;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;

/** Readings of a run: equal probes of equal models run once, however many checks hang on them. */
final class SharedReadings {
  private final ConcurrentHashMap<Key, Pass> passes = new ConcurrentHashMap<>();

  /**
   * What makes two probes equal: the declaration, the model, what paths are relative to, when the
   * pass may end early, how it is contained, and whether it keeps what became of each row.
   *
   * @param folder where the model lies: its tokenizer, its settings and the second file of a pair
   *     lie beside it
   * @param expected what a probe that adapts to its expectations is expected to find; empty for
   *     others
   */
  record Key(
      ModelPool.Key model,
      @Nullable Path folder,
      Base base,
      ProbeSpec probe,
      Optional<EarlyPass.Plan> early,
      Containment containment,
      List<Expectation> expected,
      boolean keepsRows) {}

  private record Pass(String owner, CompletableFuture<Probed> result) {}

  /**
   * How a pass ended.
   *
   * @param owner the check that it was made for; empty if it is the one that asks
   */
  record Shared(String owner, Probed probed) {}

  /**
   * The pass of this key, made by {@code work} if there is none yet. Waiting for a pass that is
   * under way cannot deadlock: whoever makes it holds all it needs and waits for nobody here.
   */
  Shared pass(Key key, String owner, Supplier<Probed> work) {
    Pass mine = new Pass(owner, new CompletableFuture<>());
    Pass first = passes.putIfAbsent(key, mine);
    if (first != null) {
      return new Shared(first.owner(), first.result().join());
    }
    try {
      Probed probed = work.get();
      mine.result().complete(probed);
      return new Shared("", probed);
    } finally {
      // Does nothing unless work threw; then nobody may wait for ever.
      mine.result().completeExceptionally(new IllegalStateException("the pass of " + owner));
    }
  }
}
