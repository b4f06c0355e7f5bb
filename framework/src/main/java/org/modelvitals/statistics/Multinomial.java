package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * Draws as many rows as there are, with replacement, from rows that fall into cells. Counts drawn
 * from Poisson distributions are multinomial given their sum; so most rows are drawn by cells, a
 * few less than are needed, and the rest one by one.
 */
final class Multinomial {
  private final long rows;
  private final long[] upTo;
  private final SharedStateDiscreteSampler[] samplers;

  Multinomial(long[] cells) {
    rows = LongStream.of(cells).sum();
    upTo = cells.clone();
    Arrays.parallelPrefix(upTo, Long::sum);
    double share = Math.max(0, 1 - 5 / Math.sqrt((double) rows));
    samplers = new SharedStateDiscreteSampler[share > 0 ? cells.length : 0];
    UniformRandomProvider none = () -> 0;
    for (int i = 0; i < samplers.length; i++) {
      samplers[i] = cells[i] == 0 ? null : PoissonSampler.of(none, cells[i] * share);
    }
  }

  long[] draw(SplittableRandom random) {
    UniformRandomProvider source = random::nextLong;
    long[] drawn = new long[upTo.length];
    long sum;
    do {
      sum = 0;
      for (int i = 0; i < samplers.length; i++) {
        drawn[i] = samplers[i] == null ? 0 : samplers[i].withUniformRandomProvider(source).sample();
        sum += drawn[i];
      }
    } while (sum > rows); // once in some million times
    for (; sum < rows; sum++) {
      drawn[cell(random.nextLong(rows))]++;
    }
    return drawn;
  }

  private int cell(long row) {
    int low = 0;
    int high = upTo.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo[middle] > row) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
