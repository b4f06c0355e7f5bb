package org.modelvitals.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageGraph.Cache;
import org.modelvitals.model.Dim;
import org.modelvitals.model.Recurrence;
import org.modelvitals.model.ValueInfo;

/** A graph with its memory: inputs, caches and logits of the calls that follow each other. */
final class Stage implements AutoCloseable {
  private final LanguageGraph graph;
  private final Recurrence recurrence;
  private final Feed feed;
  private final LogitsReader reader;
  private final List<Room> empty = new ArrayList<>();

  private Stage(LanguageGraph graph, Map<String, String> carried, Set<String> kept) {
    this.graph = graph;
    this.recurrence = graph.model().recurrence(carried, kept);
    this.feed = new Feed(graph);
    this.reader = new LogitsReader(graph.logits());
    graph.caches().forEach(cache -> empty.add(new Room(cache.past().type())));
  }

  /** For single calls: nothing is carried. */
  static Stage once(LanguageGraph graph) {
    return new Stage(graph, Map.of(), Set.of());
  }

  /** For calls that follow each other. */
  static Stage carrying(LanguageGraph graph) {
    return new Stage(graph, carried(graph.caches()), Set.of());
  }

  /** For the first call of an encoder-decoder, after which {@code next} takes the caches. */
  static Stage first(LanguageGraph graph, LanguageGraph next) {
    Set<String> kept = new LinkedHashSet<>();
    next.caches().forEach(cache -> kept.add(presentOf(cache, graph)));
    return new Stage(graph, Map.of(), kept);
  }

  /** For the later calls: what comes from the encoder stays as it was in the first. */
  static Stage later(LanguageGraph graph) {
    return new Stage(
        graph,
        carried(graph.caches().stream().filter(cache -> !cache.isOfEncoder()).toList()),
        Set.of());
  }

  private static Map<String, String> carried(List<Cache> caches) {
    Map<String, String> carried = new LinkedHashMap<>();
    for (Cache cache : caches) {
      ValueInfo present = cache.present();
      if (present != null) {
        carried.put(present.name(), cache.past().name());
      }
    }
    return carried;
  }

  /** The output of the first call's graph that is a cache of the later ones'. */
  private static String presentOf(Cache cache, LanguageGraph first) {
    ValueInfo present = cache.present();
    return present != null && first.model().signature().output(present.name()).isPresent()
        ? present.name()
        : CacheNames.counterpart(cache.past(), first.model().signature().outputs());
  }

  LanguageGraph graph() {
    return graph;
  }

  /** Empties the caches, for a batch of so many rows. */
  void start(int rows) {
    for (int i = 0; i < empty.size(); i++) {
      ValueInfo past = graph.caches().get(i).past();
      recurrence.feed(past.name(), empty.get(i).of(emptyShape(past, rows)));
    }
  }

  /** Takes the caches from the first call. */
  void takeFrom(Stage first) {
    for (Cache cache : graph.caches()) {
      recurrence.take(cache.past().name(), first.recurrence, presentOf(cache, first.graph));
    }
  }

  /**
   * One call.
   *
   * @param counts how many of each row's last tokens the caller wants the logits of
   */
  Logits call(Columns columns, int[] counts, @Nullable Encoded encoded) {
    feed.feed(recurrence, columns, encoded);
    reader.prepare(recurrence, columns);
    recurrence.run(columns.added());
    return reader.read(recurrence, columns, counts);
  }

  long cacheBytes() {
    return recurrence.carriedBytes();
  }

  /** No past: the first free dimension is the batch unless its name says otherwise. */
  static long[] emptyShape(ValueInfo past, int rows) {
    long[] shape = new long[past.shape().size()];
    boolean batch = false;
    for (int i = 0; i < shape.length; i++) {
      Dim dim = past.shape().get(i);
      if (!dim.isFree()) {
        shape[i] = dim.size();
        continue;
      }
      String name = dim.name() == null ? "" : dim.name().toLowerCase(Locale.ROOT);
      boolean places = name.contains("past") || name.contains("seq") || name.contains("len");
      boolean isBatch = !batch && (!places || name.contains("batch"));
      shape[i] = isBatch ? rows : 0;
      batch |= isBatch;
    }
    return shape;
  }

  @Override
  public void close() {
    recurrence.close();
  }
}
