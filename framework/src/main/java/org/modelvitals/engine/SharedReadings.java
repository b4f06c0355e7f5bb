package org.modelvitals.engine;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.modelvitals.suite.ProbeSpec;

/** Readings of a run: equal probes of equal models run once, however many checks hang on them. */
final class SharedReadings {
  private final ConcurrentHashMap<Key, Pass> passes = new ConcurrentHashMap<>();

  /** What makes two probes equal: the declaration, the model, and what paths are relative to. */
  record Key(SharedModels.Key model, Path base, ProbeSpec probe) {}

  /**
   * One execution of a probe.
   *
   * @param owner name of the check that it was made for
   */
  record Pass(String ownerId, String owner, CompletableFuture<Probed> result) {}

  /** The pass of this key, made by {@code work} if there is none yet. */
  Pass pass(Key key, String ownerId, String owner, Supplier<Probed> work) {
    Pass mine = new Pass(ownerId, owner, new CompletableFuture<>());
    Pass first = passes.putIfAbsent(key, mine);
    if (first != null) {
      first.result().join();
      return first;
    }
    mine.result().complete(work.get());
    return mine;
  }
}
