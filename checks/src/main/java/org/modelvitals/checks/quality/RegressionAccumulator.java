package org.modelvitals.checks.quality;

import static org.modelvitals.unit.Unit.NUMBER;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.SliceFindings;
import org.modelvitals.checks.slices.SliceRanking;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slices;
import org.modelvitals.checks.slices.WeakSlices;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.Accumulator;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.reading.RowLog;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.statistics.RunningQuantiles;
import org.modelvitals.unit.Quantity;

/** Sums up the errors of predicted numbers. */
final class RegressionAccumulator implements Accumulator<RegressionAccumulator> {
  /** How many errors are kept for an exact median. */
  private static final int KEPT = 1 << 20;

  /** A slice says nothing whose error is not known better than this share of that of all rows. */
  private static final double WIDEST_INTERVAL = 0.5;

  /** Columns of what becomes of each row. */
  static final String TARGET = "target";

  static final String ERROR = "error";

  private static final int WORST = 20;
  private static final int PLACES = 5;
  private static final Comparator<Row> BY_SIZE =
      Comparator.comparingDouble((Row row) -> -Math.abs(row.output - row.target))
          .thenComparingLong(Row::index);

  private final Regression declaration;
  private final Errors all = new Errors();
  private final RunningQuantiles magnitudes = new RunningQuantiles(KEPT);
  private final Slicer slicer;
  private final Slices<Errors> slices;
  private final Optional<WeakSlices> weak;
  private final TreeSet<Row> worst = new TreeSet<>(BY_SIZE);
  private final TreeSet<Row> broken = new TreeSet<>(Comparator.comparingLong(Row::index));
  private final @Nullable RowLog log;
  private final long seed;
  private @Nullable PredictionOutput output;

  private record Row(long index, String where, double target, double output) {}

  RegressionAccumulator(Regression declaration, Slicer slicer) {
    this(declaration, slicer, false, 0);
  }

  /**
   * @param keepsRows whether the reading says what became of each row
   * @param seed of the bootstrap
   */
  RegressionAccumulator(Regression declaration, Slicer slicer, boolean keepsRows, long seed) {
    this.log = keepsRows ? new RowLog() : null;
    this.seed = seed;
    this.declaration = declaration;
    this.slicer = slicer;
    this.slices = slicer.slices(Errors::new);
    this.weak = slicer.search();
  }

  @Override
  public void add(Batch batch, Map<String, Value> outputs) {
    Tensor tensor = output(batch, outputs).tensor(outputs, batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      double target = target(batch, row);
      double value = tensor.getDouble(row);
      all.add(batch.index(row), target, value);
      if (log != null) {
        log(log, batch, row, target, value);
      }
      int number = row;
      slices.add(
          column -> batch.value(number, column),
          part -> part.add(batch.index(number), target, value));
      if (Double.isFinite(value)) {
        weak.ifPresent(
            search -> search.add(column -> batch.value(number, column), Math.abs(value - target)));
        magnitudes.add(Math.abs(value - target));
        keepWorst(batch, row, target, value);
      } else if (broken.size() < PLACES || batch.index(row) < broken.last().index) {
        broken.add(new Row(batch.index(row), batch.where(row), target, value));
        trim(broken, PLACES);
      }
    }
  }

  private void log(RowLog rows, Batch batch, int row, double target, double value) {
    rows.begin(batch.print(row));
    slicer
        .names(column -> batch.value(row, column))
        .forEach((crossing, name) -> rows.given(RowOutcomeLog.slice(crossing), name));
    rows.number(TARGET, target);
    rows.number(ERROR, Double.isFinite(value) ? value - target : Double.NaN);
  }

  private void keepWorst(Batch batch, int row, double target, double value) {
    // The place is made into a text only for rows that stay.
    if (worst.size() < WORST
        || BY_SIZE.compare(new Row(batch.index(row), "", target, value), worst.last()) < 0) {
      worst.add(new Row(batch.index(row), batch.where(row), target, value));
      trim(worst, WORST);
    }
  }

  private static void trim(NavigableSet<Row> rows, int size) {
    while (rows.size() > size) {
      rows.pollLast();
    }
  }

  private PredictionOutput output(Batch batch, Map<String, Value> outputs) {
    PredictionOutput chosen = output;
    if (chosen == null) {
      chosen =
          PredictionOutput.choose(outputs, declaration.output(), OutputKind.LOGITS, batch.rows());
      if (chosen.form() != PredictionOutput.Form.SCORES || chosen.width() != 1) {
        throw new ProbeException(
            "the output '%s' has %d values a row; regression needs one number"
                .formatted(chosen.name(), chosen.width()));
      }
      output = chosen;
    }
    return chosen;
  }

  private double target(Batch batch, int row) {
    Object value = batch.value(row, declaration.target());
    double number = Double.NaN;
    if (value instanceof Number given) {
      number = given.doubleValue();
    } else if (value != null && !value.toString().isBlank()) {
      try {
        number = new BigDecimal(value.toString().strip()).doubleValue();
      } catch (NumberFormatException e) {
        number = Double.NaN;
      }
    }
    if (!Double.isFinite(number)) {
      throw new DataException(
          "%s: the column '%s' has %s; expected a finite number"
              .formatted(
                  batch.where(row),
                  declaration.target(),
                  value == null || value.toString().isBlank() ? "no value" : "'" + value + "'"));
    }
    return number;
  }

  @Override
  public void merge(RegressionAccumulator other) {
    if (output == null) {
      output = other.output;
    }
    if (log != null && other.log != null) {
      log.merge(other.log);
    }
    all.merge(other.all);
    magnitudes.merge(other.magnitudes);
    slices.merge(other.slices, Errors::merge);
    weak.ifPresent(mine -> other.weak.ifPresent(mine::merge));
    worst.addAll(other.worst);
    trim(worst, WORST);
    broken.addAll(other.broken);
    trim(broken, PLACES);
  }

  @Override
  public Reading finish() {
    Reading.Builder reading = Reading.builder();
    measurements(all, "").forEach(reading::add);
    reading.add(median());
    reading.add(
        all.broken > 0 || all.rows() == 0
            ? undefined("max error", all)
            : Measurement.sampled("max error", all.largest, NUMBER, all.signed.count(), null));
    slices.forEach((slice, part) -> add(slice, part, reading));
    SliceFindings ranked = ranking().findings();
    SliceFindings found =
        weak.map(search -> search.findings("mean absolute error", NUMBER))
            .orElse(SliceFindings.NONE);
    ranked.measurements().forEach(reading::add);
    found.measurements().forEach(reading::add);
    reading.add(Measurement.exact("rows", (double) all.rows(), NUMBER));
    reading.add(Measurement.exact("non-finite outputs", (double) all.broken, NUMBER));
    if (all.broken > 0) {
      reading.add(brokenRows());
    }
    if (!worst.isEmpty()) {
      reading.add(worstRows());
    }
    found.evidence().forEach(reading::add);
    ranked.evidence().forEach(reading::add);
    return reading.rows(log == null ? null : log.outcomes().orElse(null)).build();
  }

  private void add(String slice, Errors part, Reading.Builder reading) {
    Optional<String> tooFew = slicer.tooFew(part.rows());
    measurements(part, "[" + slice + "]")
        .map(
            measured ->
                tooFew
                    .map(why -> Measurement.undefined(measured.name(), NUMBER, part.rows(), why))
                    .orElse(measured))
        .forEach(reading::add);
  }

  private SliceRanking ranking() {
    double whole = all.absolute.mean();
    SliceRanking ranking =
        new SliceRanking("mean absolute error", NUMBER, false, whole, whole * WIDEST_INTERVAL);
    slices.forEach(
        (slice, part) -> {
          if (part.absolute.count() > 0) {
            ranking.add(
                slice,
                part.rows(),
                part.absolute.mean(),
                level -> Intervals.mean(part.absolute, level),
                slicer.tooFew(part.rows()));
          }
        });
    return ranking;
  }

  private Stream<Measurement> measurements(Errors errors, String part) {
    if (errors.broken > 0 || errors.rows() == 0) {
      return Stream.of("mae", "rmse", "r2", "mean error")
          .map(name -> undefined(name + part, errors));
    }
    return Stream.of(
        mean("mae" + part, errors.absolute),
        rmse("rmse" + part, errors.squared),
        r2("r2" + part, errors),
        mean("mean error" + part, errors.signed));
  }

  private static Measurement undefined(String name, Errors errors) {
    return Measurement.undefined(name, NUMBER, errors.rows(), reason(errors));
  }

  private static String reason(Errors errors) {
    return errors.rows() == 0
        ? "there were no rows"
        : "%,d of %,d outputs are no finite numbers".formatted(errors.broken, errors.rows());
  }

  private static Measurement mean(String name, Moments moments) {
    return Measurement.sampled(
        name, moments.mean(), NUMBER, moments.count(), Intervals.mean(moments));
  }

  private static Measurement rmse(String name, Moments squared) {
    Interval interval = Intervals.mean(squared);
    return Measurement.sampled(
        name,
        Math.sqrt(squared.mean()),
        NUMBER,
        squared.count(),
        new Interval(
            Math.sqrt(Math.max(0, interval.low())),
            Math.sqrt(interval.high()),
            interval.level(),
            "t of the squared errors"));
  }

  private Measurement r2(String name, Errors errors) {
    double spread = errors.targets.sumOfSquares();
    long rows = errors.targets.count();
    if (rows < 2 || spread == 0) {
      return Measurement.undefined(name, NUMBER, rows, "all targets are equal");
    }
    return Measurement.sampled(
        name, 1 - errors.squared.mean() * rows / spread, NUMBER, rows, errors.determination(seed));
  }

  private Measurement median() {
    String name = "median absolute error";
    if (all.broken > 0 || all.rows() == 0) {
      return undefined(name, all);
    }
    double[] sorted = magnitudes.sorted();
    return sorted == null
        ? Measurement.sampled(name, magnitudes.rough(), NUMBER, all.rows(), null)
            .note("to 1 part in 1024, because there are more than %,d rows".formatted(KEPT))
        : Measurement.sampled(
            name,
            Intervals.median(sorted),
            NUMBER,
            all.rows(),
            Intervals.median(sorted, Intervals.LEVEL));
  }

  private Evidence brokenRows() {
    return new Evidence.Note(
        "Outputs that are no finite numbers",
        "the output '%s' is NaN or infinite in %,d of %,d rows, first at %s"
            .formatted(
                output == null ? "" : output.name(),
                all.broken,
                all.rows(),
                broken.stream().map(Row::where).collect(Collectors.joining(", "))));
  }

  private Evidence worstRows() {
    Row first = worst.first();
    return new Evidence.Table(
        "Worst rows",
        first.output == first.target
            ? ""
            : "the worst row is %s: expected %s, the model says %s"
                .formatted(first.where, shown(first.target), shown(first.output)),
        List.of("row", "expected", "predicted", "error"),
        worst.stream()
            .map(
                row ->
                    List.of(
                        row.where,
                        shown(row.target),
                        shown(row.output),
                        String.format(Locale.ROOT, "%+.5g", row.output - row.target)))
            .toList());
  }

  private static String shown(double value) {
    return Quantity.number(value).display();
  }
}
