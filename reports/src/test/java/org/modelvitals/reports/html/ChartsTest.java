package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reports.SampleRecords;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;

/** Where lines, bars and dots lie. */
final class ChartsTest {

  @Test
  void ticksAreRoundAndOnTheScale() {
    assertThat(new Axis(0, 1, 0, 100).ticks(5))
        .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
    assertThat(new Axis(-3, 7, 0, 100).ticks(5)).containsExactly(-2.0, 0.0, 2.0, 4.0, 6.0);
    assertThat(new Axis(0.0011, 0.0033, 0, 100).ticks(4)).containsExactly(0.002, 0.003);
  }

  @Property
  void nothingIsDrawnOutsideTheDrawing(
      @ForAll double value, @ForAll double limit, @ForAll double a, @ForAll double b) {
    Interval interval =
        Double.isFinite(a) && Double.isFinite(b)
            ? new Interval(Math.min(a, b), Math.max(a, b), 0.95, "Wilson")
            : null;
    Outcome outcome =
        SampleRecords.outcome(
            "m",
            Status.FAILED,
            "<= " + limit,
            Measurement.sampled("m", value, Unit.NUMBER, 9, interval),
            limit);
    Bullet.of(outcome)
        .ifPresent(
            bullet -> {
              assertThat(bullet.value()).isBetween(6.0, 234.0);
              assertThat(bullet.limits()).allSatisfy(l -> assertThat(l.x()).isBetween(6.0, 234.0));
              assertThat(bullet.allowed())
                  .allSatisfy(zone -> assertThat(zone.x() + zone.width()).isBetween(5.9, 234.1));
            });
  }

  @Test
  void allowedZoneLiesOnTheSideThatTheConditionMeans() {
    Bullet atLeast = bullet(">= 97 %", 0.95, 0.97);
    assertThat(atLeast.allowed()).hasSize(1);
    assertThat(atLeast.allowed().get(0).x()).isEqualTo(atLeast.limits().get(0).x());
    assertThat(atLeast.value()).isLessThan(atLeast.limits().get(0).x());

    Bullet atMost = bullet("surely <= 3 %", 0.02, 0.03);
    assertThat(atMost.allowed().get(0).x()).isEqualTo(6);
    assertThat(atMost.allowed().get(0).width() + 6)
        .isCloseTo(atMost.limits().get(0).x(), within(0.11));

    Bullet near = bullet("0.5 ± 0.1", 0.45, 0.5);
    assertThat(near.limits()).extracting(Bullet.Limit::label).containsExactly("40 %", "60 %");
    assertThat(bullet("between 0.2 and 0.4", 0.3, 0.2).limits())
        .extracting(Bullet.Limit::label)
        .containsExactly("20 %", "40 %");
  }

  @Test
  void aConditionThatNobodyKnowsIsDrawnByItsLimit() {
    Bullet bullet = bullet("about 97 %", 0.95, 0.97);
    assertThat(bullet.limits()).extracting(Bullet.Limit::label).containsExactly("97 %");
    assertThat(bullet.allowed()).isEmpty();
  }

  @Test
  void saysInWordsWhatItDraws() {
    assertThat(bullet(">= 97 %", 0.95, 0.97).title())
        .isEqualTo("failed: m 95 % (95 % interval 94 % to 96 %, n = 100), expected >= 97 %");
  }

  private static Bullet bullet(String condition, double value, double limit) {
    return Bullet.of(
            SampleRecords.outcome(
                "m", Status.FAILED, condition, SampleRecords.fraction("m", value, 100), limit))
        .orElseThrow();
  }

  @Test
  void oneSlowCallDoesNotFlattenTheOthers() {
    HistogramChart chart = HistogramChart.of(latencies(), List.of());
    assertThat(chart.bars()).hasSize(11);
    assertThat(chart.bars().get(9).x()).isGreaterThan(200);
    assertThat(chart.tail()).isEqualTo("to 1 s");
    assertThat(chart.most()).isEqualTo("most 10");
    assertThat(chart.text()).isEqualTo("56 values from 0 s to 1 s; p50 5 ms");
  }

  @Test
  void limitsOnPlacesOfTheDistributionAreDrawnIntoIt() {
    HistogramChart chart =
        HistogramChart.of(
            latencies(),
            List.of(
                limit("p99", "<= 12 ms", 0.012, Unit.SECONDS),
                limit("mean", "<= 10 s", 10, Unit.SECONDS),
                limit("throughput", ">= 100 /s", 100, Unit.PER_SECOND),
                limit("load", "<= 5 ms", 0.005, Unit.SECONDS)));
    assertThat(chart.limits())
        .extracting(HistogramChart.Line::label)
        .containsExactly("p99 <= 12 ms", "mean <= 10 s →");
  }

  @Test
  void barsOfUnequalWidthShowTheirCountsAsAreas() {
    HistogramChart chart =
        HistogramChart.of(
            new Evidence.Histogram(
                "h",
                "",
                Unit.NUMBER,
                List.of(new Evidence.Histogram.Bin(0, 1, 10), new Evidence.Histogram.Bin(1, 3, 10)),
                List.of()),
            List.of());
    assertThat(chart.bars().get(1).height())
        .isCloseTo(chart.bars().get(0).height() / 2, within(0.11));
    assertThat(chart.most()).isEmpty();
  }

  private static Evidence.Histogram latencies() {
    return new Evidence.Histogram(
        "Time of a call",
        "",
        Unit.SECONDS,
        IntStream.rangeClosed(0, 10)
            .mapToObj(
                i ->
                    new Evidence.Histogram.Bin(
                        i * 0.001, i == 10 ? 1 : (i + 1) * 0.001, i == 10 ? 1 : i + 1))
            .toList(),
        List.of(new Evidence.Histogram.Mark("p50", 0.005)));
  }

  private static Outcome limit(String name, String condition, double limit, Unit unit) {
    return SampleRecords.outcome(
        name, Status.PASSED, condition, Measurement.exact(name, limit, unit), limit);
  }

  @Test
  void reliabilityIsDrawnOnTheUnitSquare() {
    CurveChart chart =
        CurveChart.of(
            new Evidence.Curve(
                "r",
                "",
                "confidence",
                "accuracy",
                true,
                List.of(
                    new Evidence.Curve.Point(0.5, 0.5, 1), new Evidence.Curve.Point(1, 0, 100))));
    assertThat(chart.dots().get(0).x())
        .isCloseTo((CurveChart.LEFT + CurveChart.RIGHT) / 2, within(0.1));
    assertThat(chart.dots().get(0).y())
        .isCloseTo((CurveChart.TOP + CurveChart.BOTTOM) / 2, within(0.1));
    assertThat(chart.dots().get(1).y()).isEqualTo(CurveChart.BOTTOM);
    assertThat(chart.dots().get(1).radius()).isGreaterThan(chart.dots().get(0).radius());
  }

  @Test
  void piecesStandOutByTheirDistanceFromZero() {
    StripChart chart = StripChart.of(strip(0, -1.0, null, 4.9, Double.NEGATIVE_INFINITY, -5.0));
    assertThat(chart.cells()).extracting(StripChart.Cell::heat).containsExactly(1, 0, 5, 5, 5);
    assertThat(chart.cells()).extracting(StripChart.Cell::isMarked).startsWith(true, false);
    assertThat(StripChart.of(strip(0, 0.0, 0.0)).cells())
        .extracting(StripChart.Cell::heat)
        .containsExactly(1, 1);
  }

  @Test
  void ofALongTextThePartAroundTheMarkIsShown() {
    Double[] values = new Double[3 * Detail.CELLS];
    Arrays.fill(values, -1.0);
    StripChart chart = StripChart.of(strip(2 * Detail.CELLS, values));
    assertThat(chart.cells()).hasSize(Detail.CELLS);
    assertThat(chart.before() + chart.after()).isEqualTo(2 * Detail.CELLS);
    assertThat(chart.cells().get(2 * Detail.CELLS - chart.before()).isMarked()).isTrue();
    assertThat(StripChart.of(strip(values.length - 1, values)).after()).isZero();
  }

  private static Evidence.Strip strip(int mark, @Nullable Double... values) {
    return new Evidence.Strip(
        "s",
        "",
        Unit.NATS,
        Arrays.stream(values).map(value -> new Evidence.Strip.Cell("t", value, null)).toList(),
        mark);
  }

  @Test
  void barsStartAtZero() {
    BarsChart chart =
        BarsChart.of(
            new Evidence.Bars(
                "b",
                "",
                Unit.NUMBER,
                DoubleStream.of(-1, 0, 3)
                    .mapToObj(v -> new Evidence.Bars.Bar("" + v, v, v == 3 ? 2.0 : null))
                    .toList()));
    double zero = chart.rows().get(1).x();
    assertThat(chart.rows().get(1).width()).isZero();
    assertThat(chart.rows().get(0).x() + chart.rows().get(0).width()).isCloseTo(zero, within(0.11));
    assertThat(chart.rows().get(2).x()).isEqualTo(zero);
    assertThat(chart.rows().get(2).at())
        .isCloseTo(zero + chart.rows().get(2).width() * 2 / 3, within(0.2));
  }

  @Test
  void matrixHasTotalsAndSeparatesHitsFromMisses() {
    MatrixView view =
        MatrixView.of(
            new Evidence.Matrix(
                "m",
                "",
                "true",
                "predicted",
                List.of("a", "b"),
                List.of(List.of(99L, 1L), List.of(0L, 50L))));
    assertThat(view.rows().get(0).total()).isEqualTo(100);
    assertThat(view.columnTotals()).containsExactly(99L, 51L);
    assertThat(view.total()).isEqualTo(150);
    assertThat(view.rows().get(0).cells())
        .extracting(MatrixView.Cell::look)
        .containsExactly("hit5", "miss1");
    assertThat(view.rows().get(1).cells())
        .extracting(MatrixView.Cell::look)
        .containsExactly("zero", "hit5");
  }
}
