package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.model.Model;
import org.modelvitals.probe.Progress;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Unit;

/**
 * Queries that arrive by a Poisson process, whether or not those before have been answered, and are
 * answered in their order by one or more callers: the scenario "server" of MLPerf's LoadGen. The
 * time of a query counts from when it was due, so one that had to wait because another was slow is
 * as slow as whoever sent it would find it; nothing is left out by coordination (Tene, How NOT to
 * measure latency).
 */
final class Server {
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int MOST = 5_000_000;
  private static final double Z =
      NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - Intervals.LEVEL) / 2);

  /** When each query is due, in nanoseconds after the start. */
  private final long[] due;

  /** How long each took, 0 until it is answered. */
  private final AtomicLongArray took;

  private final AtomicInteger next = new AtomicInteger();
  private final LongAdder busy = new LongAdder();
  private final DoubleAdder squares = new DoubleAdder();
  private volatile boolean stopped;

  /**
   * What a run came to.
   *
   * @param seconds from the start, times the callers for {@code busy}
   * @param busy seconds in which callers answered, all of them together
   * @param squares of the seconds that each answer took, summed up
   */
  record Served(
      double seconds, int callers, long answered, long unanswered, double busy, double squares) {

    /** The rate at which queries were answered, and how busy the callers were. */
    List<Measurement> measurements() {
      Interval number = Intervals.poisson(answered);
      double all = seconds * callers;
      // Of a compound Poisson process the variance is that sum.
      double half = Z * Math.sqrt(squares) / all;
      return List.of(
          Measurement.sampled(
              "completed rate",
              answered / seconds,
              Unit.PER_SECOND,
              answered,
              new Interval(
                  number.low() / seconds,
                  number.high() / seconds,
                  number.level(),
                  number.method())),
          Measurement.sampled(
              "utilization",
              busy / all,
              Unit.FRACTION,
              answered,
              new Interval(
                  Math.max(0, busy / all - half),
                  Math.min(1, busy / all + half),
                  Intervals.LEVEL,
                  "compound Poisson")));
    }
  }

  private Server(long[] due) {
    this.due = due;
    this.took = new AtomicLongArray(due.length);
  }

  static Server of(LatencySpec specification, long seed) {
    Long calls = specification.calls();
    double most = specification.perSecond() * specification.timing().seconds() * 1.1 + 100;
    int count = (int) Math.min(MOST, calls == null ? most : calls);
    return new Server(arrivals(specification.perSecond(), count, seed));
  }

  /** Times of a Poisson process: gaps are exponential with the mean 1 / rate. */
  static long[] arrivals(double perSecond, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] due = new long[count];
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += -Math.log1p(-random.nextDouble()) / perSecond;
      due[i] = (long) (at * 1e9);
    }
    return due;
  }

  /** Takes the time of each query, in their order. */
  interface Listener {
    void answered(long query, long nanos);
  }

  /**
   * Runs until every query is answered or the time is over, and never ends because of what was seen
   * so far: a queue that grows looks good at first. Queries that were due by then and are not
   * answered have taken at least until then.
   *
   * @param sources one for each caller
   */
  Served run(List<CallSource> sources, double seconds, Progress progress, Listener listener) {
    // Leaves every caller the time to arrive where it waits for the first query.
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
    try (Callers callers = new Callers(sources.size())) {
      List<Future<Boolean>> running = new ArrayList<>();
      try {
        for (CallSource source : sources) {
          running.add(callers.start(() -> answer(source, start)));
        }
        long limit = (long) Math.min(seconds * 1e9, 9e18);
        int heard = listen(running, start, limit, progress, listener);
        stopped = true;
        long end = System.nanoTime() - start;
        Callers.results(running);
        return rest(sources.size(), heard, end, listener);
      } finally {
        stopped = true;
      }
    }
  }

  /** Hears of the queries in their order. Returns how many there were. */
  private int listen(
      List<Future<Boolean>> running, long start, long limit, Progress progress, Listener listener) {
    int heard = 0;
    while (heard < due.length && System.nanoTime() - start < limit) {
      boolean over = running.stream().allMatch(Future::isDone);
      while (heard < due.length && took.get(heard) != 0) {
        listener.answered(heard, took.get(heard));
        heard++;
      }
      if (over) {
        break;
      }
      progress.at(heard, -1, "queries");
      LockSupport.parkNanos(POLL_NANOS);
    }
    return heard;
  }

  private Served rest(int callers, int heard, long end, Listener listener) {
    long answered = heard;
    long unanswered = 0;
    for (int i = heard; i < due.length && due[i] < end; i++) {
      long time = took.get(i);
      answered += time == 0 ? 0 : 1;
      unanswered += time == 0 ? 1 : 0;
      listener.answered(i, time == 0 ? end - due[i] : time);
    }
    return new Served(
        (double) end * 1e-9, callers, answered, unanswered, busy.sum() * 1e-9, squares.sum());
  }

  /** Answers queries until there are no more, which is true, or it is stopped. */
  private Boolean answer(CallSource source, long start) {
    while (!stopped) {
      Model.Call call = source.next();
      int query = next.getAndIncrement();
      if (query >= due.length) {
        return true;
      }
      awaitUntil(start + due[query]);
      if (stopped) {
        return false;
      }
      long before = System.nanoTime();
      call.run();
      long after = System.nanoTime();
      took.set(query, Math.max(1, after - start - due[query]));
      busy.add(after - before);
      squares.add(Math.pow((after - before) * 1e-9, 2));
      source.done();
    }
    return false;
  }

  /** Parks while there is time to be woken, and spins for the rest. */
  private void awaitUntil(long time) {
    for (long left = time - System.nanoTime();
        left > 0 && !stopped;
        left = time - System.nanoTime()) {
      if (left > 2 * SPIN_NANOS) {
        LockSupport.parkNanos(Math.min(left - SPIN_NANOS, POLL_NANOS));
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
