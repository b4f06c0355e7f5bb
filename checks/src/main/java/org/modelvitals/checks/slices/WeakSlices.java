package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Lattice.Cell;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.statistics.MultipleTests;
import org.modelvitals.statistics.TwoGroups;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * Searches conjunctions of column values for those whose rows a model does worse on than on all
 * others, as Slice Finder (Chung, Kraska, Polyzotis, Tae and Whang 2019) and SliceLine (Sagadeeva
 * and Boehm 2021) do. A slice's losses are tested against those of the other rows: losses of 0 and
 * 1 with Fisher's exact test, others with Welch's, one-sided both. Holm's method (1979) corrects
 * for all slices that were looked at, whatever they have in common, so that the declared error is
 * the chance that any slice is called weak where none is. Which slices are tested depends on the
 * number of their rows, never on losses.
 *
 * <p>Of slices that lie within each other those are told that explain the others: a narrower one
 * only if it is weaker than what surrounds it, the wider one only if it is still weak without it.
 */
public final class WeakSlices {
  private static final int SHOWN = 50;

  private final WeakSearch declared;
  private final Slicer slicer;
  private final List<String> columns;
  private final List<List<String>> names = new ArrayList<>();
  private final List<Map<String, Integer>> places = new ArrayList<>();
  private final Lattice lattice;
  private final Moments all = new Moments();
  private boolean shares = true; // every loss was 0 or 1

  /**
   * @param searched by column, the names of all its slices
   */
  WeakSlices(WeakSearch declared, Slicer slicer, Map<String, List<String>> searched) {
    this.declared = declared;
    this.slicer = slicer;
    this.columns = declared.columns();
    for (String column : columns) {
      List<String> slices = searched.getOrDefault(column, List.of());
      Map<String, Integer> place = new HashMap<>();
      slices.forEach(slice -> place.put(slice, place.size()));
      names.add(slices);
      places.add(place);
    }
    this.lattice =
        new Lattice(columns, names.stream().mapToInt(List::size).toArray(), declared.depth());
  }

  /**
   * Counts a row.
   *
   * @param row the value of a column
   * @param loss how badly the model did: 1 for wrong and 0 for right, or an error
   */
  public void add(Function<String, @Nullable Object> row, double loss) {
    int[] values = new int[columns.size()];
    for (int i = 0; i < values.length; i++) {
      String slice = slicer.slice(columns.get(i), row.apply(columns.get(i)));
      values[i] =
          Objects.requireNonNull(places.get(i).get(slice), "the data changed while they were read");
    }
    lattice.add(values, loss);
    all.add(loss);
    shares &= loss == 0 || loss == 1;
  }

  /** Takes in what another has seen. */
  public void merge(WeakSlices other) {
    lattice.merge(other.lattice);
    all.merge(other.all);
    shares &= other.shares;
  }

  /** The slices that were looked at. */
  private List<Cell> candidates() {
    List<Cell> cells = lattice.cells();
    Map<List<Integer>, Cell> byValues = new HashMap<>();
    cells.forEach(cell -> byValues.put(cell.values(), cell));
    return cells.stream()
        .filter(
            cell ->
                cell.losses().count() >= declared.least()
                    && all.count() - cell.losses().count() >= declared.least())
        .filter(cell -> !isRepeated(cell, byValues))
        .toList();
  }

  /** Whether a condition of the conjunction changes nothing: its rows are those without it. */
  private static boolean isRepeated(Cell cell, Map<List<Integer>, Cell> byValues) {
    List<Integer> wider = new ArrayList<>(cell.values());
    for (int i = 0; i < wider.size(); i++) {
      int value = wider.set(i, -1);
      Cell parent = byValues.get(wider);
      wider.set(i, value);
      if (value >= 0 && parent != null && parent.losses().count() == cell.losses().count()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What was found.
   *
   * @param loss what a loss is called: {@code mean absolute error}
   */
  public SliceFindings findings(String loss, Unit unit) {
    List<Cell> candidates = candidates();
    List<WeakSlice> weak = weak(candidates);
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(number(candidates, weak));
    for (WeakSlice slice : weak) {
      measurements.add(
          Measurement.sampled(
                  "weak slice gap[" + slice.name() + "]",
                  slice.gap(),
                  unit,
                  slice.loss().count(),
                  interval(slice))
              .note("adjusted p %s".formatted(shown(slice.adjusted()))));
    }
    return new SliceFindings(
        measurements, weak.isEmpty() ? List.of() : List.of(table(weak, loss, unit)));
  }

  /** None is a finding only where one could have been found. */
  private Measurement number(List<Cell> candidates, List<WeakSlice> weak) {
    if (candidates.isEmpty()) {
      return Measurement.undefined(
          "weak slices",
          Unit.NUMBER,
          all.count(),
          "of %,d slices none could be tested: none has %,d rows or more, and as many without it; give more rows, or lower 'least'"
              .formatted(lattice.cells().size(), declared.least()));
    }
    return Measurement.exact("weak slices", weak.size(), Unit.NUMBER)
        .note(
            "of %,d slices of %,d rows or more; the chance of any false one is at most %s (Holm)"
                .formatted(candidates.size(), declared.least(), declared.error().display()));
  }

  private List<WeakSlice> weak(List<Cell> candidates) {
    double[] adjusted =
        MultipleTests.holm(
            candidates.stream()
                .mapToDouble(cell -> p(cell.losses(), all.without(cell.losses())))
                .toArray());
    Map<Cell, Double> found = new HashMap<>();
    for (int i = 0; i < adjusted.length; i++) {
      if (adjusted[i] <= error()) {
        found.put(candidates.get(i), adjusted[i]);
      }
    }
    double strict = error() / Math.max(1, candidates.size());
    return candidates.stream()
        .filter(found::containsKey)
        .filter(cell -> found.keySet().stream().noneMatch(other -> explains(other, cell, strict)))
        .map(
            cell ->
                new WeakSlice(
                    name(cell),
                    cell.losses(),
                    all.without(cell.losses()),
                    found.getOrDefault(cell, 1.0)))
        .sorted(
            Comparator.comparingDouble(WeakSlice::gap).reversed().thenComparing(WeakSlice::name))
        .toList();
  }

  /**
   * Whether one slice makes another not worth telling.
   *
   * @param level of the tests within a slice, which are many too
   */
  private boolean explains(Cell one, Cell other, double level) {
    if (one.equals(other)) {
      return false;
    }
    if (one.holds(other)) {
      return p(other.losses(), one.losses().without(other.losses())) > level;
    }
    if (other.holds(one)) {
      Moments apart = other.losses().without(one.losses());
      return p(one.losses(), apart) <= level && p(apart, all.without(other.losses())) > level;
    }
    return false;
  }

  private double error() {
    return declared.error().in(Unit.NUMBER);
  }

  /** The one-sided p-value of the first losses being no larger than the second. */
  private double p(Moments one, Moments other) {
    return shares
        ? TwoGroups.fisher(sum(one), one.count(), sum(other), other.count())
        : TwoGroups.welch(one, other);
  }

  private static long sum(Moments losses) {
    return Math.round(losses.mean() * losses.count());
  }

  private Interval interval(WeakSlice slice) {
    Moments one = slice.loss();
    Moments other = slice.rest();
    return shares
        ? TwoGroups.newcombe(sum(one), one.count(), sum(other), other.count(), Intervals.LEVEL)
        : TwoGroups.welchInterval(one, other, Intervals.LEVEL);
  }

  private String name(Cell cell) {
    List<String> used = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int value = cell.values().get(i);
      if (value >= 0) {
        used.add(columns.get(i));
        values.add(names.get(i).get(value));
      }
    }
    return Slices.name(used, values);
  }

  private Evidence table(List<WeakSlice> weak, String loss, Unit unit) {
    WeakSlice first = weak.get(0);
    return new Evidence.Table(
        "Weak slices",
        "the model is weakest where %s: %s %s in %,d rows, %s in all others (adjusted p %s)"
            .formatted(
                first.name(),
                loss,
                shown(first.loss().mean(), unit),
                first.loss().count(),
                shown(first.rest().mean(), unit),
                shown(first.adjusted())),
        List.of("slice", "rows", loss, "elsewhere", "adjusted p"),
        weak.stream()
            .limit(SHOWN)
            .map(
                slice ->
                    List.of(
                        slice.name(),
                        "%,d".formatted(slice.loss().count()),
                        shown(slice.loss().mean(), unit),
                        shown(slice.rest().mean(), unit),
                        shown(slice.adjusted())))
            .toList());
  }

  private static String shown(double value, Unit unit) {
    return Quantity.of(value, unit).display();
  }

  private static String shown(double p) {
    return p < 1e-4 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
