package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.unit.Quantity.micros;
import static org.modelvitals.unit.Quantity.millis;
import static org.modelvitals.unit.Quantity.perSecond;
import static org.modelvitals.unit.Quantity.percent;
import static org.modelvitals.unit.Quantity.seconds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.Model;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.Measured;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class LatencyProbeTest {
  @TempDir Path folder;

  private static Measurement measured(Reading reading, String name) {
    return reading.measurement(name).orElseThrow();
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(measured(reading, name).value());
  }

  private static Interference.Disturbance taken(double share) {
    return new Interference.Disturbance(share, 0, 0, List.of());
  }

  private static Reading reading(
      LatencySpec spec, LatencyTally tally, double taken, Expectation... expectations) {
    Circumstances circumstances =
        new Circumstances(spec.timing(), new WarmUp(0, 0, true), taken(taken));
    return LatencyReading.of(
        spec,
        tally,
        circumstances,
        new LatencyNotes(List.of(expectations), circumstances, true),
        "",
        List.of());
  }

  private static Reading tally(int calls) {
    LatencyTally tally = new LatencyTally();
    for (int call = 0; call < calls; call++) {
      // 1 to n microseconds, in an order that is not sorted: 7 has no factor in common with n.
      tally.add(call, 1000L * ((call * 7L) % calls + 1), "row " + call);
    }
    return reading(Budget.latency(), tally, 0);
  }

  /** So many calls of a millisecond, and some of a second. */
  private static Verdict verdict(
      int fast, int slow, double taken, LatencySpec spec, Expectation expectation) {
    LatencyTally tally = new LatencyTally();
    for (int call = 0; call < fast + slow; call++) {
      tally.add(call, call < fast ? 1_000_000 : 1_000_000_000, "");
    }
    return Judge.judge(reading(spec, tally, taken, expectation), List.of(expectation));
  }

  private static Verdict verdict(int fast, int slow, Expectation expectation) {
    return verdict(fast, slow, 0, Budget.latency(), expectation);
  }

  @Test
  void reads_percentiles_of_a_known_distribution() {
    Reading reading = tally(10_000);
    assertThat(value(reading, "p50")).isCloseTo(5000e-6, within(10e-6));
    assertThat(value(reading, "p90")).isCloseTo(9000e-6, within(18e-6));
    assertThat(value(reading, "p99")).isCloseTo(9900e-6, within(20e-6));
    assertThat(value(reading, "p99.9")).isCloseTo(9990e-6, within(20e-6));
    assertThat(value(reading, "max")).isCloseTo(0.01, within(1e-12));
    assertThat(value(reading, "min")).isCloseTo(1e-6, within(1e-15));
    assertThat(value(reading, "mean")).isCloseTo(5000.5e-6, within(1e-12));
    assertThat(value(reading, "calls per second")).isCloseTo(1 / 5000.5e-6, within(1e-6));
    Interval p99 = Objects.requireNonNull(measured(reading, "p99").interval());
    // Binomial with n = 10,000 and 0.99: 9900 +- 2.33 sqrt(99), by the normal approximation.
    assertThat(p99.low()).isCloseTo(9876.9e-6, within(25e-6));
    assertThat(p99.high()).isCloseTo(9923.1e-6, within(25e-6));
    assertThat(p99.level()).isCloseTo(0.98, within(1e-12));
    Interval mean = Objects.requireNonNull(measured(reading, "mean").interval());
    // 2.3267 times the deviation of a uniform distribution, over a hundred.
    assertThat(mean.high() - mean.low()).isCloseTo(2 * 2.3267 * 28.8675e-6, within(0.1e-6));
  }

  @Test
  void percentiles_that_the_calls_cannot_bear_are_undefined_and_say_what_is_missing() {
    Reading reading = tally(100);
    assertThat(measured(reading, "p50").value()).isNotNull();
    assertThat(measured(reading, "p99").value()).isNull();
    assertThat(measured(reading, "p99").note())
        .isEqualTo(
            "p99 needs at least 459 calls to say where it ends, and there were 100: 359 more");
  }

  @Test
  void a_percentile_passes_with_as_many_calls_as_its_confidence_needs() {
    Expectation p99 = Budget.p99().isSurelyAtMost(millis(3));
    assertThat(verdict(458, 0, p99).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict(458, 0, p99).reason())
        .contains("needs at least 459 calls", "there were 458: 1 more");
    assertThat(verdict(459, 0, p99).status()).isEqualTo(Status.PASSED);
    assertThat(verdict(660, 1, p99).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict(660, 1, p99).reason())
        .contains("1 of 661 calls took longer than 3 ms", "1 more calls are needed");
    assertThat(verdict(661, 1, p99).status()).isEqualTo(Status.PASSED);
    assertThat(verdict(1000, 8, p99).reason())
        .contains("8 of 1,008 calls took longer than 3 ms, and so few are allowed among 1,736");
    assertThat(verdict(63, 1, Budget.p90().isSurelyAtMost(millis(3))).status())
        .isEqualTo(Status.PASSED);
    assertThat(verdict(62, 1, Budget.p90().isSurelyAtMost(millis(3))).status())
        .isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void a_percentile_fails_when_so_many_slow_calls_are_no_chance() {
    Expectation p99 = Budget.p99().isSurelyAtMost(millis(3));
    assertThat(verdict(990, 10, p99).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict(980, 20, p99).status()).isEqualTo(Status.FAILED);
    // Too few to say where p99 is, and enough to say where it is not.
    assertThat(verdict(0, 20, p99).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void nothing_is_called_slow_on_a_machine_that_others_use() {
    Expectation p99 = Budget.p99().isSurelyAtMost(millis(3));
    Verdict disturbed = verdict(900, 100, 0.5, Budget.latency(), p99);
    assertThat(disturbed.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(disturbed.reason())
        .contains("too busy to call it slow: others took 50.0 % of the processors' time");
    assertThat(verdict(1000, 0, 0.5, Budget.latency(), p99).status()).isEqualTo(Status.PASSED);
    LatencySpec tolerant = Budget.latency().interference(percent(60));
    assertThat(verdict(900, 100, 0.5, tolerant, p99).status()).isEqualTo(Status.FAILED);
    Expectation rate = Measured.measured("calls per second").isSurelyAtLeast(perSecond(5000));
    assertThat(verdict(1000, 0, 0, tolerant, rate).status()).isEqualTo(Status.FAILED);
    assertThat(verdict(1000, 0, 0.7, tolerant, rate).status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void few_calls_on_a_busy_machine_say_that_more_are_needed() {
    Expectation p99 = Budget.p99().isSurelyAtMost(millis(3));
    assertThat(verdict(10, 0, 0.5, Budget.latency(), p99).reason())
        .contains("there were 10: 449 more; besides, the machine was too busy to call it slow");
    assertThat(verdict(660, 1, 0.5, Budget.latency(), p99).reason())
        .contains("1 more calls are needed, none of them slower; besides, the machine was too");
  }

  @Test
  void a_range_of_times_is_held_against_the_whole_interval() {
    Expectation range = Budget.p50().isSurelyBetween(micros(500), millis(3));
    assertThat(verdict(1000, 0, range).status()).isEqualTo(Status.PASSED);
    assertThat(verdict(520, 480, range).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict(3, 0, range).status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict(200, 800, range).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_real_time_factor_is_time_over_the_time_of_the_signal() {
    LatencyTally tally = new LatencyTally();
    for (int call = 0; call < 1000; call++) {
      tally.add(call, call < 100 ? 16_000_000 : 8_000_000, "");
    }
    Reading reading = reading(Budget.latency().covers(millis(32)), tally, 0);
    assertThat(value(reading, "real-time factor")).isCloseTo(0.275, within(1e-9));
    assertThat(value(reading, "real-time factor[p50]")).isCloseTo(0.25, within(0.001));
    assertThat(value(reading, "real-time factor[p99]")).isCloseTo(0.5, within(0.001));
    assertThat(reading(Budget.latency(), tally, 0).measurement("real-time factor")).isEmpty();
  }

  @Test
  void names_the_slowest_call() {
    Reading reading = tally(1000);
    assertThat(reading.evidence())
        .filteredOn(evidence -> evidence.title().equals("Slowest calls"))
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.sentence())
                    .matches("the slowest of 1000 calls was call \\d+ with 1 ms on row \\d+"));
  }

  @Test
  void the_distribution_has_every_call_in_one_bin() {
    Reading reading = tally(10_000);
    Evidence.Histogram histogram =
        (Evidence.Histogram)
            reading.evidence().stream()
                .filter(Evidence.Histogram.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(histogram.bins().stream().mapToLong(Evidence.Histogram.Bin::count).sum())
        .isEqualTo(10_000);
    for (int i = 1; i < histogram.bins().size(); i++) {
      assertThat(histogram.bins().get(i).low())
          .isCloseTo(histogram.bins().get(i - 1).high(), within(1e-12));
    }
  }

  /** A context in which something is expected of the probe. */
  private static class Expecting extends BudgetContext {
    private final List<Expectation> expectations;

    Expecting(Path file, Expectation... expectations) {
      super(file);
      this.expectations = List.of(expectations);
    }

    @Override
    public List<Expectation> expectations() {
      return expectations;
    }
  }

  private Path model() throws Exception {
    return BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
  }

  private static Reading probe(LatencySpec spec, BudgetContext context) {
    // Whatever else runs on the machine: these are not about its speed.
    return new LatencyProbe()
        .probe(spec.warmup(10, 0).warmupLimit(0).interference(percent(100)), context);
  }

  @Test
  void times_a_real_model_with_inputs_made_from_its_signature() throws Exception {
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = probe(Budget.latency().calls(2000), context);
      assertThat(measured(reading, "p99").count()).isEqualTo(2000);
      assertThat(value(reading, "warm-up calls")).isEqualTo(10);
      assertThat(value(reading, "min")).isPositive();
      assertThat(value(reading, "p50")).isLessThanOrEqualTo(value(reading, "p99"));
    }
  }

  @Test
  void makes_as_many_calls_as_the_verdict_needs() throws Exception {
    Expectation easy = Budget.p99().isSurelyAtMost(seconds(100));
    try (Expecting context = new Expecting(model(), easy)) {
      Reading reading = probe(Budget.latency(), context);
      // The first look of p99 has half of the error: 0.99 ^ 528 <= 0.005.
      assertThat(measured(reading, "p99").count()).isEqualTo(528);
      assertThat(Judge.judge(reading, List.of(easy)).status()).isEqualTo(Status.PASSED);
    }
    Expectation hopeless = Budget.p50().isSurelyAtMost(micros(1e-6));
    try (Expecting context = new Expecting(model(), hopeless)) {
      Reading reading = probe(Budget.latency(), context);
      assertThat(measured(reading, "p50").count()).isEqualTo(64);
      assertThat(Judge.judge(reading, List.of(hopeless)).status()).isEqualTo(Status.FAILED);
    }
  }

  /** A context with three hundred rows. */
  private Expecting rows(Expectation... expectations) throws Exception {
    Files.writeString(folder.resolve("rows.jsonl"), "{\"x\": 1}\n".repeat(300));
    return new Expecting(model(), expectations) {
      @Override
      public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
        return Feeds.open(data, this::resolve, fed.signature(), Map.of(), 1, reserved);
      }
    };
  }

  private static final LatencySpec OF_ROWS = Budget.latency().on(DataSpec.jsonl("rows.jsonl"));

  @Test
  void looks_at_the_end_of_a_pass_over_rows_that_may_be_sorted() throws Exception {
    Expectation easy = Budget.p50().isSurelyAtMost(seconds(100));
    try (Expecting context = rows(easy)) {
      Reading reading = probe(OF_ROWS, context);
      // The first look would come at 64, and the warm-up has used ten rows.
      assertThat(measured(reading, "p50").count()).isEqualTo(300);
    }
  }

  @Test
  void rows_that_were_not_reached_leave_the_verdict_open() throws Exception {
    Expectation easy = Budget.p50().isSurelyAtMost(seconds(100));
    Expectation hopeless = Budget.mean().isSurelyAtMost(micros(1e-6));
    Expectation max = Budget.max().isAtMost(seconds(100));
    try (Expecting context = rows(easy, hopeless, max)) {
      Reading reading = probe(OF_ROWS.seconds(1e-9), context);
      for (Expectation expectation : List.of(easy, hopeless, max)) {
        Verdict verdict = Judge.judge(reading, List.of(expectation));
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason())
            .contains("the time was over before every row of the data had been timed");
      }
      // Whoever says how many calls there shall be has said which rows.
      Reading declared = probe(OF_ROWS.calls(80), context);
      assertThat(Judge.judge(declared, List.of(easy, max)).status()).isEqualTo(Status.PASSED);
      assertThat(declared.evidence())
          .extracting(Evidence::sentence)
          .contains("a query is one call; not every row of the data was in one");
    }
  }

  @Test
  void what_has_no_bounds_is_judged_on_a_thousand_calls() throws Exception {
    try (Expecting context = new Expecting(model(), Budget.max().isAtMost(seconds(100)))) {
      assertThat(measured(probe(Budget.latency(), context), "max").count()).isEqualTo(1000);
    }
    try (BudgetContext context = new BudgetContext(model())) {
      assertThat(measured(probe(Budget.latency(), context), "max").count()).isEqualTo(1000);
    }
  }

  @Test
  void stops_when_the_time_is_over() throws Exception {
    // Whatever p50 is, a limit between its bounds stays undecided until the time is over.
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = probe(Budget.latency().calls(1_000_000_000).seconds(0.05), context);
      assertThat(measured(reading, "max").count()).isBetween(1L, 1_000_000L);
    }
  }

  @Test
  void warms_up_until_the_times_are_steady_and_says_how_long_that_took() throws Exception {
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = new LatencyProbe().probe(Budget.latency().calls(10).warmup(0, 0), context);
      assertThat(value(reading, "warm-up calls")).isGreaterThanOrEqualTo(16);
      assertThat(reading.evidence())
          .filteredOn(evidence -> evidence.title().equals("Warm-up"))
          .singleElement()
          .satisfies(note -> assertThat(note.sentence()).contains("before the first that counts"));
    }
  }

  @Test
  void a_query_of_several_samples_is_a_batch_where_the_model_takes_one() throws Exception {
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = probe(Budget.latency().multiStream(8).calls(20), context);
      assertThat(reading.evidence())
          .anySatisfy(
              evidence ->
                  assertThat(evidence.sentence())
                      .isEqualTo("a query is one call with a batch of 8"));
      assertThat(measured(reading, "p50").count()).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p50 | false",
        "mean | false",
        "max | true",
      })
  void conditions_on_bounded_times_are_sure_ones(String name, boolean plain) {
    assertThat(
            new LatencyProbe()
                .measurements().stream()
                    .filter(info -> info.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .judgedSurely())
        .isNotEqualTo(plain);
  }

  @Test
  void a_declaration_that_contradicts_itself_is_refused() {
    assertThatThrownBy(() -> Budget.latency().callers(2))
        .hasMessage("'callers' is for the scenario 'server', and this one is 'single-stream'");
    assertThatThrownBy(() -> Budget.latency().server(millis(3)))
        .hasMessage("rate is '3 ms'; write for instance '50 /s'");
    assertThatThrownBy(() -> Budget.latency().confidence(percent(100)))
        .hasMessageContaining("confidence is '100 %'; expected at least 50 %");
  }
}
