package org.modelvitals.checks.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.Model;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.TwoSamples;
import org.modelvitals.unit.Quantity;

/** The model says y = (x + 1, x + 2, x + 3). */
class DriftProbeTest {
  private static final Path EXAMPLES =
      Path.of("").toAbsolutePath().resolveSibling("example-suites");

  @TempDir Path folder;

  private static final class Context extends BudgetContext {
    Context(Path file) {
      super(file);
    }

    @Override
    public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
      return Feeds.open(
          data, this::resolve, fed.signature(), session().dimensions(), seed(), reserved);
    }
  }

  @BeforeEach
  void write() throws IOException {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
  }

  private DataSpec csv(String name, int rows, Supplier<String> row) throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,city"));
    for (int i = 0; i < rows; i++) {
      lines.add(row.get());
    }
    Files.write(folder.resolve(name), lines);
    return DataSpec.csv(name);
  }

  private Reading read(Drift declared) {
    return read(declared, folder.resolve("model.onnx"));
  }

  private static Reading read(Drift declared, Path model) {
    try (Context context = new Context(model)) {
      return new DriftProbe().probe(declared, context);
    }
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(measured(reading, name).value(), name);
  }

  private static Measurement measured(Reading reading, String name) {
    return reading.measurement(name).orElseThrow(() -> new AssertionError("no " + name));
  }

  @Test
  void what_has_not_changed_has_not_drifted() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Supplier<String> row =
        () -> random.nextGaussian() + "," + (random.nextBoolean() ? "Ulm" : "Köln");
    Reading reading =
        read(
            Drift.drift(csv("now.csv", 400, row), csv("then.csv", 500, row))
                .labels("city")
                .vectors(60, 199));
    assertThat(value(reading, "drifted")).isZero();
    assertThat(value(reading, "rows")).isEqualTo(400);
    assertThat(value(reading, "reference rows")).isEqualTo(500);
    // What is expected by chance is 9 x (1 / 400 + 1 / 500).
    assertThat(value(reading, "psi[x]")).isBetween(0.0, 0.12);
    assertThat(Objects.requireNonNull(measured(reading, "psi[x]").interval()).low()).isZero();
    assertThat(value(reading, "ks p-value[x]")).isGreaterThan(0.01);
    assertThat(value(reading, "chi-square p-value[city]")).isGreaterThan(0.01);
    assertThat(value(reading, "mean discrepancy p-value[y]")).isGreaterThan(0.01);
    // The outputs are the input moved along, so that they have the input's statistic.
    assertThat(value(reading, "ks statistic[y.2]"))
        .isCloseTo(value(reading, "ks statistic[x]"), within(0.01));
    assertThat(reading.evidence().get(0).sentence()).isEmpty();
  }

  @Test
  void one_row_is_too_few() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Supplier<String> row = () -> random.nextGaussian() + ",Ulm";
    Drift declared = Drift.drift(csv("now.csv", 1, row), csv("then.csv", 100, row)).labels("city");
    Measurement drifted = measured(read(declared), "drifted");
    assertThat(drifted.value()).isNull();
    assertThat(drifted.note()).isEqualTo("one row is too few to compare");
  }

  /** Nothing shared at all between three rows and three has a p-value of 1 in 10 at best. */
  @Test
  void a_few_rows_do_not_pass_without_a_word() throws IOException {
    Drift declared =
        Drift.drift(csv("now.csv", 3, () -> "9,b"), csv("then.csv", 3, () -> "1,a")).labels("city");
    Measurement drifted = measured(read(declared), "drifted");
    assertThat(drifted.value()).isNull();
    assertThat(drifted.note())
        .startsWith("3 rows and 3 rows of the reference are too few: even the clearest change")
        .endsWith("give more rows");
  }

  /** Against the tests themselves, on samples that share nothing. */
  @Test
  void the_least_p_value_is_that_of_the_clearest_change() {
    for (int one = 2; one < 14; one++) {
      for (int other = 2; other < 14; other++) {
        double[] low = IntStream.range(0, one).asDoubleStream().toArray();
        double[] high = IntStream.range(100, 100 + other).asDoubleStream().toArray();
        assertThat(LeastP.ofOrder(one, other))
            .isCloseTo(TwoSamples.kolmogorovSmirnov(low, high).p(), within(1e-9));
      }
    }
    // C(6, 3) = 20
    assertThat(LeastP.ofPermutations(3, 3, 999)).isCloseTo(1 / 20.0, within(1e-12));
    assertThat(LeastP.ofPermutations(300, 300, 999)).isEqualTo(1 / 1000.0);
    for (int smaller = 2; smaller < 15; smaller++) {
      double least = 1;
      for (int a = 0; a <= smaller; a++) {
        for (int b = 0; b <= 40; b++) {
          long[] now = {a, smaller - a};
          least = Math.min(least, TwoSamples.chiSquare(now, new long[] {b, 40 - b}).p());
        }
      }
      assertThat(LeastP.ofCategories(smaller, 40)).isCloseTo(least, within(1e-9));
      assertThat(LeastP.ofCategories(40, smaller)).isCloseTo(least, within(1e-9));
    }
  }

  @Test
  void what_has_changed_is_named_in_inputs_and_outputs() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    DataSpec then =
        csv(
            "then.csv",
            500,
            () -> random.nextGaussian() + "," + (random.nextBoolean() ? "a" : "b"));
    DataSpec now =
        csv(
            "now.csv",
            400,
            () -> (random.nextGaussian() + 1.5) + "," + (random.nextInt(10) < 8 ? "a" : "c"));
    Reading reading = read(Drift.drift(now, then).labels("city").vectors(60, 1999));
    // x, city, y as a vector and its three elements; the place of the largest is always the last.
    assertThat(value(reading, "drifted")).isEqualTo(6);
    assertThat(value(reading, "psi[x]")).isGreaterThan(1);
    assertThat(value(reading, "max psi")).isEqualTo(value(reading, "psi[city]"));
    assertThat(value(reading, "unseen share[city]")).isBetween(0.12, 0.28);
    assertThat(value(reading, "mean discrepancy p-value[y]")).isEqualTo(1 / 2000.0);
    assertThat(value(reading, "chi-square p-value[arg max of y]")).isEqualTo(1);
    assertThat(reading.evidence().get(0).sentence())
        .contains("has drifted most:")
        .contains("in the reference,");
    assertThat(reading.evidence()).hasSize(4);
  }

  @Test
  void rows_that_are_missing_are_a_bin_of_their_own() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    DataSpec then = csv("then.csv", 300, () -> random.nextGaussian() + ",a");
    DataSpec now =
        csv("now.csv", 300, () -> (random.nextInt(4) == 0 ? "" : random.nextGaussian()) + ",a");
    Reading reading = read(Drift.drift(now, then).withoutModel());
    assertThat(value(reading, "missing share[x]")).isBetween(0.18, 0.32);
    assertThat(value(reading, "psi[x]")).isGreaterThan(0.5);
  }

  /** A cell that is no number once made categories of all, too many to be tested. */
  @Test
  void a_cell_that_is_no_number_hides_no_change_of_the_others() throws IOException {
    for (String odd : List.of("n/a", "nan", "-", "")) {
      SplittableRandom random = new SplittableRandom(6);
      DataSpec then = csv("then.csv", 800, () -> random.nextGaussian() + ",a");
      int[] row = {0};
      DataSpec now =
          csv("now.csv", 800, () -> (row[0]++ == 7 ? odd : random.nextGaussian() + 50) + ",a");
      Reading reading = read(Drift.drift(now, then).withoutModel());
      assertThat(value(reading, "drifted")).as(odd).isEqualTo(1);
      assertThat(value(reading, "max psi")).as(odd).isGreaterThan(1);
      assertThat(value(reading, "missing share[x]")).as(odd).isEqualTo(1 / 800.0);
    }
  }

  @Test
  void numbers_that_went_missing_or_became_texts_have_drifted() throws IOException {
    for (String odd : List.of("nan", "", "u17")) {
      for (int rate : new int[] {1, 4}) {
        SplittableRandom random = new SplittableRandom(7);
        DataSpec then = csv("then.csv", 800, () -> random.nextGaussian() + ",a");
        DataSpec now =
            csv(
                "now.csv",
                800,
                () -> (random.nextInt(rate) == 0 ? odd : random.nextGaussian()) + ",a");
        Reading reading = read(Drift.drift(now, then).withoutModel());
        assertThat(value(reading, "drifted")).as(odd).isEqualTo(1);
        assertThat(reading.evidence().get(0).sentence())
            .startsWith("'x' has drifted most: missing in 0 % in the reference, missing in");
        assertThat(measured(reading, "ks p-value[x]").value() == null).isEqualTo(rate == 1);
      }
    }
  }

  @Test
  void what_cannot_be_tested_is_told_and_undetermined_if_it_was_named() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    int[] row = {0};
    DataSpec then = csv("then.csv", 700, () -> random.nextGaussian() + ",id" + row[0]++);
    DataSpec now = csv("now.csv", 700, () -> random.nextGaussian() + ",id" + row[0]++);
    Reading all = read(Drift.drift(now, then).withoutModel());
    assertThat(value(all, "drifted")).isZero();
    assertThat(measured(all, "drifted").note())
        .endsWith("; not tested: 'city' (there are more than 1,000 different values)");
    Reading named = read(Drift.drift(now, then).columns("x", "city").withoutModel());
    for (String measurement : List.of("drifted", "max psi")) {
      assertThat(measured(named, measurement).value()).isNull();
      assertThat(measured(named, measurement).note())
          .contains("'city' (there are more than 1,000 different values)");
    }
  }

  @Test
  void vectors_that_went_missing_have_drifted() {
    List<@Nullable Object> then = new ArrayList<>();
    List<@Nullable Object> now = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 200; i++) {
      then.add(new double[] {random.nextGaussian(), random.nextGaussian()});
      now.add(
          new double[] {i % 3 == 0 ? Double.NaN : random.nextGaussian(), random.nextGaussian()});
    }
    Drift declared = Drift.drift(DataSpec.csv("a.csv"), DataSpec.csv("b.csv")).vectors(50, 199);
    Shift shift = new Comparison(declared, 1, "v", then, now).shift();
    assertThat(shift.p()).isLessThan(1e-6);
    assertThat(shift.test().name()).isEqualTo("chi-square of missing values");
    now.replaceAll(vector -> null);
    assertThat(new Comparison(declared, 1, "v", then, now).shift().p()).isLessThan(1e-6);
  }

  /** As above, but with one number in ten missing on either side. */
  @Test
  void the_rate_of_false_alarms_is_kept_where_numbers_are_missing() {
    SplittableRandom random = new SplittableRandom(10);
    Drift declared = Drift.drift(DataSpec.csv("a.csv"), DataSpec.csv("b.csv"));
    int alarms = 0;
    for (int run = 0; run < 300; run++) {
      List<List<@Nullable Object>> both = new ArrayList<>();
      for (int rows : new int[] {120, 90}) {
        List<@Nullable Object> values = drawn(random, rows, true);
        values.replaceAll(value -> random.nextInt(10) == 0 ? null : value);
        both.add(values);
      }
      Shift shift = new Comparison(declared, run, "c", both.get(0), both.get(1)).shift();
      alarms += shift.p() <= 0.05 ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(27);
  }

  @Test
  void patients_of_another_clinic_are_found() {
    DataSpec reference = DataSpec.csv("../data/diabetes-reference.csv");
    Path model = EXAMPLES.resolve("models/diabetes.onnx");
    Reading same =
        read(
            Drift.drift(DataSpec.csv("../data/diabetes-test.csv"), reference).labels("progression"),
            model);
    assertThat(value(same, "drifted")).isZero();
    Reading shifted =
        read(
            Drift.drift(DataSpec.csv("../sick/data/diabetes-shifted.csv"), reference)
                .labels("progression"),
            model);
    assertThat(value(shifted, "drifted")).isGreaterThanOrEqualTo(2);
    assertThat(value(shifted, "ks p-value[bmi]")).isLessThan(1e-4);
    assertThat(value(shifted, "ks p-value[s5]")).isLessThan(1e-4);
    assertThat(value(shifted, "ks p-value[age]")).isGreaterThan(0.01);
    assertThat(value(shifted, "ks p-value[progression]")).isGreaterThan(0.01);
  }

  /** Were it 5 % of 300 runs, 28 false alarms or more would have a chance of 1 in 500. */
  @Test
  void the_rate_of_false_alarms_is_kept() {
    SplittableRandom random = new SplittableRandom(5);
    Drift declared =
        Drift.drift(DataSpec.csv("a.csv"), DataSpec.csv("b.csv")).error(Quantity.percent(5));
    int alarms = 0;
    for (int run = 0; run < 300; run++) {
      List<Shift> shifts = new ArrayList<>();
      for (int column = 0; column < 6; column++) {
        boolean numbers = column % 2 == 0;
        shifts.add(
            new Comparison(
                    declared,
                    run,
                    "c" + column,
                    drawn(random, 120, numbers),
                    drawn(random, 90, numbers))
                .shift());
      }
      alarms += value(new DriftReading(declared, shifts, 90, 120).make(), "drifted") > 0 ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(27);
  }

  private static List<@Nullable Object> drawn(SplittableRandom random, int count, boolean numbers) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(numbers ? (Object) random.nextDouble() : "abc".substring(random.nextInt(3)));
    }
    return values;
  }

  @Test
  void a_sample_does_not_depend_on_the_order_of_rows() {
    RowSample<Long> whole = new RowSample<>(7, 50);
    RowSample<Long> odd = new RowSample<>(7, 50);
    RowSample<Long> even = new RowSample<>(7, 50);
    for (long i = 0; i < 1000; i++) {
      long row = i;
      whole.add(row, () -> row);
      (i % 2 == 0 ? even : odd).add(row, () -> row);
    }
    odd.merge(even);
    assertThat(odd.rows()).isEqualTo(whole.rows()).hasSize(50);
    assertThat(odd.seen()).isEqualTo(1000);
    // Of a uniform sample the mean is within four standard errors of the middle.
    assertThat(whole.rows().stream().mapToLong(row -> row).average().orElseThrow())
        .isBetween(500 - 4 * 41.0, 500 + 4 * 41.0);
  }

  @Test
  void mistakes_are_told() throws IOException {
    DataSpec rows = csv("now.csv", 3, () -> "1,a");
    assertThatThrownBy(() -> read(Drift.drift(rows, rows).columns("citty").withoutModel()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no column 'citty'; did you mean 'city'?");
    assertThatThrownBy(() -> read(Drift.drift(rows, rows).labels("city").outputs("z")))
        .hasMessage("the model has no output 'z'; it has y");
    assertThatThrownBy(() -> Drift.drift(rows, rows).outputs("y").withoutModel())
        .hasMessage("outputs: the model is not run");
  }
}
