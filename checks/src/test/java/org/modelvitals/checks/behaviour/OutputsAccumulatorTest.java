package org.modelvitals.checks.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import tools.jackson.databind.json.JsonMapper;

class OutputsAccumulatorTest {
  private static final Outputs PLAIN = Outputs.outputs(DataSpec.csv("rows.csv"));

  /** Arrays, and what numpy computes of them; written by make_behaviour_fixtures.py. */
  record Fixture(List<List<Float>> actual, List<List<Float>> expected, Map<String, Double> values) {
    static Fixture read() throws Exception {
      try (InputStream in =
          Objects.requireNonNull(Fixture.class.getResourceAsStream("arrays.json"))) {
        return JsonMapper.shared().readValue(in, Fixture.class);
      }
    }

    OutputsAccumulator feed(OutputsAccumulator accumulator, int from, int to) {
      if (from < to) {
        accumulator.add(new TestBatch(from, to), Map.of("y", tensor(actual, from, to)));
      }
      return accumulator;
    }

    OutputsAccumulator accumulator() {
      Outputs declared = PLAIN.tolerance(1e-2, 1e-3).peak(2).threshold(0.5).probabilities("y");
      return new OutputsAccumulator(
          declared,
          (batch, measured) -> {
            int from = (int) batch.index(0);
            return Map.of("y", tensor(expected, from, from + batch.rows()));
          });
    }
  }

  private static Tensor tensor(List<List<Float>> rows, int from, int to) {
    int width = rows.get(0).size();
    Tensor tensor = Tensor.allocate(ElementType.FLOAT32, to - from, width);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setDouble(i, rows.get(from + i / width).get(i % width));
    }
    return tensor;
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value(), name);
  }

  private static @Nullable String text(Reading reading, String name) {
    return reading.measurement(name).orElseThrow().text();
  }

  private static Reading of(Outputs declared, Value... calls) {
    OutputsAccumulator accumulator = new OutputsAccumulator(declared, Expected.NOTHING);
    for (int i = 0; i < calls.length; i++) {
      accumulator.add(new TestBatch(i, i + 1), Map.of("y", calls[i]));
    }
    return accumulator.finish();
  }

  private static Tensor floats(float... values) {
    return Tensor.ofFloats(values, 1, values.length);
  }

  private static Reading compare(Value actual, Value expected) {
    OutputsAccumulator accumulator =
        new OutputsAccumulator(PLAIN, (batch, measured) -> Map.of("y", expected));
    accumulator.add(new TestBatch(0, 1), Map.of("y", actual));
    return accumulator.finish();
  }

  @Test
  void agrees_with_numpy() throws Exception {
    Fixture fixture = Fixture.read();
    Reading reading = fixture.feed(fixture.accumulator(), 0, fixture.actual.size()).finish();
    fixture
        .values()
        .forEach(
            (name, expected) ->
                assertThat(value(reading, name + "[y]"))
                    .as(name)
                    .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected)))));
    assertThat(text(reading, "type[y]")).isEqualTo("float32[rows, 6]");
  }

  @Property(tries = 60)
  void parts_merged_are_the_whole(
      @ForAll @IntRange(min = 0, max = 40) int first, @ForAll @IntRange(min = 1, max = 40) int step)
      throws Exception {
    Fixture fixture = Fixture.read();
    Reading whole = fixture.feed(fixture.accumulator(), 0, 40).finish();
    OutputsAccumulator left = fixture.feed(fixture.accumulator(), 0, first);
    OutputsAccumulator right = fixture.accumulator();
    for (int from = first; from < 40; from += step) {
      fixture.feed(right, from, Math.min(40, from + step));
    }
    left.merge(right);
    Reading parts = left.finish();
    assertThat(parts.measurements())
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) ->
                a.equals(b) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))
                    ? 0
                    : Double.compare(a, b),
            Double.class)
        .isEqualTo(whole.measurements());
    assertThat(parts.evidence()).isEqualTo(whole.evidence());
  }

  @Test
  void every_measurement_is_announced() throws Exception {
    Fixture fixture = Fixture.read();
    List<String> announced =
        new OutputsProbe().measurements().stream().map(info -> info.name()).toList();
    Reading reading = fixture.feed(fixture.accumulator(), 0, 40).finish();
    assertThat(reading.measurements())
        .extracting(measurement -> measurement.name().replaceAll("\\[.*", ""))
        .isSubsetOf(announced);
    assertThat(reading.measurements()).extracting(Measurement::name).doesNotHaveDuplicates();
  }

  @Test
  void a_share_of_single_values_carries_the_wilson_interval() {
    Reading reading =
        of(PLAIN.threshold(0.5), floats(0.5f), floats(0.4f), floats(0.9f), floats(Float.NaN));
    Measurement share = reading.measurement("share at or above threshold[y]").orElseThrow();
    assertThat(share.value()).isEqualTo(0.5);
    assertThat(share.count()).isEqualTo(4);
    // Newcombe's method 3 for 2 of 4.
    Interval interval = Objects.requireNonNull(share.interval());
    assertThat(interval.low()).isCloseTo(0.15004, within(1e-5));
    assertThat(interval.high()).isCloseTo(0.84996, within(1e-5));
  }

  @Test
  void numbers_that_are_not_finite_are_counted_and_their_rows_named() {
    Reading reading =
        of(
            PLAIN,
            floats(1, 2),
            floats(Float.NaN, 3),
            floats(Float.NaN, Float.NEGATIVE_INFINITY),
            floats(4, 5));
    assertThat(value(reading, "non-finite outputs")).isEqualTo(2);
    assertThat(value(reading, "finite share[y]")).isEqualTo(5.0 / 8);
    assertThat(value(reading, "mean[y]")).isEqualTo(3);
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .contains(
            "the output 'y' is NaN or infinite in 2 of 4 rows, first at rows.csv:3, rows.csv:4");
    assertThat(new OutputsProbe().implied(PLAIN)).hasSize(1);
    assertThat(new OutputsProbe().implied(PLAIN.allowNonFinite())).isEmpty();
  }

  @Test
  void nan_equals_nan_and_is_infinitely_far_from_a_number() {
    Reading same = compare(floats(Float.NaN, 1), floats(Float.NaN, 1));
    assertThat(value(same, "mismatches")).isZero();
    assertThat(value(same, "max difference")).isZero();
    Reading other = compare(floats(Float.NaN, 1), floats(2, 1));
    assertThat(value(other, "mismatches")).isEqualTo(1);
    assertThat(value(other, "max difference")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(value(other, "psnr")).isEqualTo(Double.NEGATIVE_INFINITY);
    Reading infinite = compare(floats(Float.POSITIVE_INFINITY), floats(Float.NEGATIVE_INFINITY));
    assertThat(value(infinite, "mismatches")).isEqualTo(1);
  }

  @Test
  void the_first_mismatch_is_named_with_index_and_both_values() {
    Tensor actual = Tensor.ofFloats(new float[] {1, 2, 3, 4}, 1, 2, 2);
    Tensor expected = Tensor.ofFloats(new float[] {1, 2, 3.5f, 4}, 1, 2, 2);
    assertThat(compare(actual, expected).evidence())
        .extracting(Evidence::sentence)
        .contains(
            "the output 'y' is 3.0 at rows.csv:2 [1, 0], expected 3.5 (rtol 0.001, atol 1e-7)");
  }

  @Test
  void another_shape_is_a_mismatch_of_all() {
    Reading reading =
        compare(Tensor.ofFloats(new float[6], 2, 3), Tensor.ofFloats(new float[6], 3, 2));
    assertThat(value(reading, "mismatches")).isEqualTo(6);
    assertThat(value(reading, "max difference")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .contains(
            "the output 'y' is float32[2, 3] at rows.csv:2, expected float32[3, 2] (rtol 0.001,"
                + " atol 1e-7)");
  }

  @Test
  void integers_booleans_and_texts_are_exact() {
    long big = (1L << 53) + 1;
    Reading longs =
        compare(
            Tensor.ofLongs(new long[] {big, 5}, 1, 2),
            Tensor.ofLongs(new long[] {big - 1, 5}, 1, 2));
    assertThat(value(longs, "mismatches")).isEqualTo(1);
    Tensor yes = Tensor.allocate(ElementType.BOOL, 1, 2);
    Tensor no = Tensor.allocate(ElementType.BOOL, 1, 2);
    yes.setLong(0, 1);
    assertThat(value(compare(yes, no), "mismatches")).isEqualTo(1);
    assertThat(text(of(PLAIN, yes, no), "distinct values[y]")).isEqualTo("false, true");
    Reading texts =
        compare(
            Tensor.ofStrings(new String[] {"a", "b"}, 1, 2),
            Tensor.ofStrings(new String[] {"a", "c"}, 1, 2));
    assertThat(value(texts, "mismatches")).isEqualTo(1);
    assertThat(texts.measurement("max difference").orElseThrow().value()).isNull();
  }

  @Test
  void sequences_of_maps_are_their_values() {
    Value maps =
        new Value.MapSequence(
            List.of(new java.util.TreeMap<Object, Double>(Map.of(0L, 0.25, 1L, 0.75))));
    Reading reading = compare(maps, maps);
    assertThat(value(reading, "mismatches")).isZero();
    assertThat(value(reading, "max[y]")).isEqualTo(0.75);
    assertThat(value(of(PLAIN.probabilities("y"), maps), "sum deviation[y]")).isZero();
    Value other =
        new Value.MapSequence(
            List.of(new java.util.TreeMap<Object, Double>(Map.of(0L, 0.25, 2L, 0.75))));
    assertThat(value(compare(maps, other), "mismatches")).isEqualTo(2);
  }

  @Test
  void sequences_of_tensors_are_compared_one_by_one() {
    Value one = new Value.TensorSequence(List.of(floats(1), floats(2, 3)));
    Value other = new Value.TensorSequence(List.of(floats(1), floats(2, 4)));
    assertThat(value(compare(one, one), "mismatches")).isZero();
    assertThat(value(compare(one, other), "mismatches")).isEqualTo(1);
    Value shorter = new Value.TensorSequence(List.of(floats(1)));
    assertThat(value(compare(one, shorter), "mismatches")).isEqualTo(3);
  }

  @Test
  void equal_signals_have_an_infinite_ratio_to_noise() {
    assertThat(value(compare(floats(1, 2), floats(1, 2)), "psnr[y]"))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void dimensions_that_change_are_open() {
    Reading reading =
        of(PLAIN, Tensor.ofFloats(new float[3], 1, 3), Tensor.ofFloats(new float[4], 1, 4));
    assertThat(text(reading, "type[y]")).isEqualTo("float32[rows, ?]");
    assertThat(value(reading, "elements[y]")).isEqualTo(7);
  }

  @Test
  void state_is_left_out_unless_it_is_asked_for() {
    Outputs declared =
        Outputs.outputs(DataSpec.csv("rows.csv").input("state", InputSpec.feedback("stateN")));
    assertThat(of(declared, "y", "stateN")).containsExactly("y");
    assertThat(of(declared.only("stateN"), "y", "stateN")).containsExactly("stateN");
  }

  private static List<String> of(Outputs declared, String... outputs) {
    OutputsAccumulator accumulator = new OutputsAccumulator(declared, Expected.NOTHING);
    Map<String, Value> values = new java.util.LinkedHashMap<>();
    Arrays.stream(outputs).forEach(name -> values.put(name, floats(1)));
    accumulator.add(new TestBatch(0, 1), values);
    return accumulator.finish().measurements().stream()
        .map(Measurement::name)
        .filter(name -> name.startsWith("type["))
        .map(name -> name.substring(5, name.length() - 1))
        .toList();
  }

  @Test
  void an_output_that_is_not_there_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> of(PLAIN.only("output_9"), "output_0", "pooled"))
        .isInstanceOf(ProbeException.class)
        .hasMessage("the model has no output 'output_9'; it has output_0, pooled");
  }

  @Test
  void more_values_than_are_kept_have_a_rough_median_that_says_so() {
    int count = Distribution.KEPT + 1;
    float[] ramp = new float[count];
    IntStream.range(0, count).forEach(i -> ramp[i] = i - 1000);
    Measurement median = of(PLAIN, floats(ramp)).measurement("median[y]").orElseThrow();
    double exact = (count - 1) / 2.0 - 1000;
    assertThat(median.value()).isCloseTo(exact, within(exact / 1024));
    assertThat(median.note()).contains("65,536");
  }

  @Test
  void a_reference_and_another_model_are_one_too_many() {
    assertThatThrownBy(() -> PLAIN.comparedWith("b.onnx").reference("y", InputSpec.constant("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not with both");
  }
}
