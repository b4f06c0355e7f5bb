package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class RegressionAccumulatorTest {
  private static final Regression DECLARED =
      Regression.regression(DataSpec.csv("rows.csv")).target("label");

  private static RegressionAccumulator accumulator() {
    Regression declared = DECLARED.slices("group");
    return new RegressionAccumulator(declared, Slicer.of(declared.slices(), rows -> {}));
  }

  private static @Nullable Double value(Reading reading, String name) {
    return reading.measurement(name).orElseThrow().value();
  }

  @Test
  void agreesWithScikitLearn() throws Exception {
    Fixture fixture = Fixture.read("regression");
    Reading reading = fixture.rows().feed(accumulator()).finish();
    fixture
        .values()
        .forEach(
            (name, expected) ->
                assertThat(value(reading, name)).as(name).isCloseTo(expected, within(1e-9)));
    assertThat(value(reading, "mae[group=all]")).isEqualTo(value(reading, "mae"));
    assertThat(reading.measurement("median absolute error").orElseThrow().interval()).isNotNull();
  }

  @Test
  void worstRowsComeFirst() {
    Reading reading =
        Rows.of(List.of("1", "2.5", 3), new double[] {1}, new double[] {0.5}, new double[] {7})
            .feed(accumulator())
            .finish();
    assertThat(value(reading, "max error")).isEqualTo(4);
    assertThat(value(reading, "mean error")).isCloseTo(2 / 3.0, within(1e-12));
    Evidence.Table table = (Evidence.Table) reading.evidence().get(0);
    assertThat(table.sentence())
        .isEqualTo("the worst row is rows.csv:4: expected 3, the model says 7");
    assertThat(table.rows().get(1)).containsExactly("rows.csv:3", "2.5", "0.5", "-2.0000");
  }

  @Test
  void outputsThatAreNoNumbersLeaveErrorsUndefined() {
    Reading reading =
        Rows.of(List.of(1, 2), new double[] {1}, new double[] {Double.NaN})
            .feed(accumulator())
            .finish();
    assertThat(value(reading, "non-finite outputs")).isEqualTo(1);
    Measurement mae = reading.measurement("mae").orElseThrow();
    assertThat(mae.value()).isNull();
    assertThat(mae.note()).isEqualTo("1 of 2 outputs are no finite numbers");
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo("the output 'output' is NaN or infinite in 1 of 2 rows, first at rows.csv:3");
  }

  @Test
  void equalTargetsHaveNoR2() {
    Reading reading =
        Rows.of(List.of(2, 2), new double[] {1}, new double[] {2}).feed(accumulator()).finish();
    assertThat(reading.measurement("r2").orElseThrow().note()).isEqualTo("all targets are equal");
  }

  @Test
  void targetsThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> Rows.of(List.of("high"), new double[] {1}).feed(accumulator()))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.csv:2: the column 'label' has 'high'; expected a finite number");
  }

  @Property(tries = 200)
  void anySplitAndMergeGivesTheSameReading(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -1000, max = 1000) Double> targets,
      @ForAll @IntRange(min = 0, max = 60) int at) {
    List<double[]> outputs = targets.stream().map(t -> new double[] {Math.sin(t) * 500}).toList();
    Rows rows =
        new Rows(
            targets, targets.stream().map(t -> t > 0 ? "positive" : "other").toList(), outputs);
    int cut = Math.min(at, rows.size());
    RegressionAccumulator merged = accumulator();
    RegressionAccumulator late = rows.feed(accumulator(), cut, rows.size());
    merged.merge(rows.feed(accumulator(), 0, cut));
    merged.merge(late);
    Reading whole = rows.feed(accumulator()).finish();
    Reading parts = merged.finish();
    Comparator<Double> nearly = // sums in another order differ in their last digits
        (a, b) ->
            a.equals(b) || Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(b))
                ? 0
                : Double.compare(a, b);
    assertThat(parts.measurements())
        .usingRecursiveComparison()
        .withComparatorForType(nearly, Double.class)
        .isEqualTo(whole.measurements());
    assertThat(parts.evidence())
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .withComparatorForType(nearly, Double.class)
        .isEqualTo(whole.evidence());
  }
}
