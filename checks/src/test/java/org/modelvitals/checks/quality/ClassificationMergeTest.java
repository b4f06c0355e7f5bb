package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.checks.quality.Classified.DECLARED;
import static org.modelvitals.checks.quality.Classified.accumulator;
import static org.modelvitals.checks.quality.Classified.evidence;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.modelvitals.model.Tensor;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;

/** However rows are split among accumulators, the reading is the same. */
class ClassificationMergeTest {
  @Property(tries = 25)
  void anySplitAndMergeGivesTheSameReading(
      @ForAll("rows") Rows rows, @ForAll("cuts") List<Integer> cuts) {
    Classification declared = DECLARED.slices("group").topK(2);
    Reading whole = rows.feed(accumulator(declared)).finish();
    int[] ends =
        IntStream.concat(
                cuts.stream().mapToInt(cut -> Math.min(cut, rows.size())),
                IntStream.of(0, rows.size()))
            .sorted()
            .toArray();
    ClassificationAccumulator merged = accumulator(declared);
    for (int i = 1; i < ends.length; i++) {
      merged.merge(rows.feed(accumulator(declared), ends[i - 1], ends[i]));
    }
    assertSame(merged.finish(), whole);
    // Row by row, as a feed with batches of one gives them.
    ClassificationAccumulator single = accumulator(declared);
    for (int i = 0; i < rows.size(); i++) {
      rows.feed(single, i, i + 1);
    }
    assertSame(single.finish(), whole);
  }

  private static void assertSame(Reading reading, Reading expected) {
    assertThat(reading.measurements())
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) ->
                a.equals(b) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))
                    ? 0
                    : Double.compare(a, b),
            Double.class)
        .isEqualTo(expected.measurements());
    assertThat(evidence(reading, Evidence.Matrix.class))
        .isEqualTo(evidence(expected, Evidence.Matrix.class));
    assertThat(reading.evidence()).hasSameSizeAs(expected.evidence());
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 40).list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<Rows> rows() {
    Arbitrary<Double> score =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(30, Arbitraries.integers().between(-8, 8).map(i -> i / 4.0)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY)));
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            width ->
                Combinators.combine(
                        Arbitraries.integers().between(0, Math.max(1, width - 1)),
                        Arbitraries.of("a", "b", "c"),
                        score.list().ofSize(width))
                    .as(
                        (label, group, scores) ->
                            new Object[] {
                              label, group, scores.stream().mapToDouble(d -> d).toArray()
                            })
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(40))
        .map(
            rows ->
                new Rows(
                    rows.stream().map(row -> row[0]).toList(),
                    rows.stream().map(row -> (String) row[1]).toList(),
                    rows.stream().map(row -> (double[]) row[2]).toList()));
  }

  @Property(tries = 100)
  void labelsMetInAnyOrderGiveTheSameReading(@ForAll("said") List<String[]> rows) {
    Reading whole = feedSaid(accumulator(DECLARED), rows, 0, rows.size()).finish();
    int half = rows.size() / 2;
    ClassificationAccumulator late = feedSaid(accumulator(DECLARED), rows, half, rows.size());
    ClassificationAccumulator early = feedSaid(accumulator(DECLARED), rows, 0, half);
    early.merge(late);
    assertSame(early.finish(), whole);
  }

  private static ClassificationAccumulator feedSaid(
      ClassificationAccumulator accumulator, List<String[]> rows, int from, int to) {
    if (from < to) {
      Rows labels = Rows.of(rows.stream().map(row -> row[0]).toList());
      String[] said = rows.subList(from, to).stream().map(row -> row[1]).toArray(String[]::new);
      accumulator.add(labels.batch(from, to), Map.of("label", Tensor.ofStrings(said, said.length)));
    }
    return accumulator;
  }

  @Provide
  Arbitrary<List<String[]>> said() {
    Arbitrary<String> name = Arbitraries.of("10", "9", "b", "a", "-1");
    return Combinators.combine(name, name)
        .as((label, prediction) -> new String[] {label, prediction})
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
