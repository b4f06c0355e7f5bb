package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values are those of scipy and numpy; see scripts/make_statistics_fixtures.py. */
class TwoSamplesTest {

  private static JsonNode fixture(String part) throws IOException {
    try (InputStream in = TwoSamplesTest.class.getResourceAsStream("two-samples.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in)).path(part);
    }
  }

  private static double[] doubles(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static long[] longs(JsonNode list) {
    return list.valueStream().mapToLong(JsonNode::asLong).toArray();
  }

  private static double[][] matrix(JsonNode rows) {
    return rows.valueStream().map(TwoSamplesTest::doubles).toArray(double[][]::new);
  }

  private static double[] normal(SplittableRandom random, int count, double mean) {
    return IntStream.range(0, count).mapToDouble(i -> mean + random.nextGaussian()).toArray();
  }

  @Test
  void kolmogorov_and_smirnov_agree_with_scipy() throws IOException {
    JsonNode cases = fixture("numbers");
    assertThat(cases.size()).isEqualTo(4);
    for (JsonNode one : cases) {
      TwoSamples.Found found =
          TwoSamples.kolmogorovSmirnov(doubles(one.path("one")), doubles(one.path("other")));
      String name = one.path("name").asString();
      assertThat(found.statistic())
          .as(name)
          .isCloseTo(one.path("statistic").asDouble(), within(1e-12));
      // With ties Commons is exact for the data, and scipy for data without ties: a bound.
      if (name.equals("ties")) {
        assertThat(found.p()).isLessThanOrEqualTo(one.path("p").asDouble() + 1e-9);
      } else {
        assertThat(found.p()).as(name).isCloseTo(one.path("p").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void chi_square_and_divergences_agree_with_scipy() throws IOException {
    JsonNode cases = fixture("categories");
    assertThat(cases.size()).isEqualTo(3);
    for (JsonNode one : cases) {
      long[] before = longs(one.path("one"));
      long[] now = longs(one.path("other"));
      String name = one.path("name").asString();
      TwoSamples.Found found = TwoSamples.chiSquare(before, now);
      assertThat(found.statistic())
          .as(name)
          .isCloseTo(one.path("chiSquare").asDouble(), within(1e-9));
      assertThat(found.p()).as(name).isCloseTo(one.path("p").asDouble(), within(1e-12));
      Divergence divergence = new Divergence(before, now);
      assertThat(divergence.stabilityIndex())
          .as(name)
          .isCloseTo(one.path("psi").asDouble(), within(1e-12));
      assertThat(divergence.jensenShannon())
          .as(name)
          .isCloseTo(one.path("jensenShannon").asDouble(), within(1e-12));
    }
  }

  @Test
  void rare_categories_are_put_together() {
    // Expected are 2 of the first two each; together they are enough.
    TwoSamples.Found found =
        TwoSamples.chiSquare(new long[] {1, 3, 3, 93}, new long[] {3, 1, 3, 93});
    assertThat(found.p()).isEqualTo(1);
    assertThat(TwoSamples.chiSquare(new long[] {2, 0}, new long[] {0, 2}).p()).isEqualTo(1);
    assertThat(TwoSamples.chiSquare(new long[] {100}, new long[] {70}).p()).isEqualTo(1);
  }

  @Test
  void nothing_in_common_is_as_far_as_can_be() {
    assertThat(new Divergence(new long[] {50, 0}, new long[] {0, 70}).jensenShannon()).isEqualTo(1);
    Divergence same = new Divergence(new long[] {50, 20}, new long[] {500, 200});
    assertThat(same.stabilityIndex()).isCloseTo(0, within(1e-12));
    assertThat(same.jensenShannon()).isCloseTo(0, within(1e-7));
    assertThat(same.stabilityInterval(0.95).low()).isZero();
  }

  /** At 95 % of 1,000 samples, fewer than 925 have a chance below 1 in 2,000. */
  @Test
  void intervals_hold_what_they_promise() {
    double[] e = {0.1, 0.2, 0.3, 0.25, 0.15};
    for (double[] a :
        new double[][] {e, {0.15, 0.2, 0.25, 0.2, 0.2}, {0.25, 0.25, 0.2, 0.2, 0.1}}) {
      SplittableRandom random = new SplittableRandom(7);
      double psi = 0;
      for (int i = 0; i < e.length; i++) {
        psi += (a[i] - e[i]) * Math.log(a[i] / e[i]);
      }
      int covered = 0;
      for (int run = 0; run < 1000; run++) {
        Divergence divergence = new Divergence(draw(random, e, 400), draw(random, a, 300));
        Interval interval = divergence.stabilityInterval(0.95);
        covered += interval.low() <= psi && psi <= interval.high() ? 1 : 0;
      }
      assertThat(covered).as("a true index of %s", psi).isGreaterThanOrEqualTo(925);
    }
  }

  private static long[] draw(SplittableRandom random, double[] shares, int count) {
    long[] counts = new long[shares.length];
    for (int i = 0; i < count; i++) {
      double left = random.nextDouble();
      int place = 0;
      while (place < shares.length - 1 && left >= shares[place]) {
        left -= shares[place++];
      }
      counts[place]++;
    }
    return counts;
  }

  @Test
  void the_statistic_of_kolmogorov_and_smirnov_has_an_interval() {
    // 2 x sqrt(ln(80) / 200), from the formula by hand.
    Interval interval = TwoSamples.kolmogorovSmirnovInterval(0.5, 100, 100, 0.95);
    assertThat(interval.high() - 0.5).isCloseTo(2 * Math.sqrt(Math.log(80) / 200), within(1e-12));
    assertThat(TwoSamples.kolmogorovSmirnovInterval(0.1, 5, 5, 0.95).low()).isZero();
  }

  @Test
  void mean_discrepancy_agrees_with_numpy() throws IOException {
    JsonNode vectors = fixture("vectors");
    MeanDiscrepancy discrepancy =
        new MeanDiscrepancy(matrix(vectors.path("one")), matrix(vectors.path("other")));
    assertThat(discrepancy.squared()).isCloseTo(vectors.path("squared").asDouble(), within(1e-12));
    assertThat(discrepancy.asLarge(199, 3)).isEqualTo(discrepancy.asLarge(199, 3));
  }

  private static double[][] vectors(SplittableRandom random, int count, double mean) {
    return IntStream.range(0, count)
        .mapToObj(i -> normal(random, 4, mean))
        .toArray(double[][]::new);
  }

  /** At 5 % of 200 runs, 21 false alarms or more have a chance of 1 in 500. */
  @Test
  void mean_discrepancy_finds_what_differs_and_little_else() {
    SplittableRandom random = new SplittableRandom(11);
    int alarms = 0;
    int found = 0;
    for (int run = 0; run < 200; run++) {
      double[][] one = vectors(random, 25, 0);
      alarms += isFound(new MeanDiscrepancy(one, vectors(random, 25, 0)), run) ? 1 : 0;
      found += isFound(new MeanDiscrepancy(one, vectors(random, 25, 1)), run) ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(20);
    assertThat(found).isGreaterThan(190);
  }

  private static boolean isFound(MeanDiscrepancy discrepancy, long seed) {
    return (discrepancy.asLarge(99, seed) + 1) / 100.0 <= 0.05;
  }

  @Test
  void vectors_that_are_all_equal_are_alike() {
    double[][] same = {{1, 2}, {1, 2}, {1, 2}};
    assertThat(new MeanDiscrepancy(same, same).squared()).isZero();
  }
}
