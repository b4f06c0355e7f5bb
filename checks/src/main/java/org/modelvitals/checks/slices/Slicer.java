package org.modelvitals.checks.slices;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Measurement;

/**
 * Tells which slices a row is in. Quantiles, and the columns of a search, need to know the values
 * of a column beforehand: then the rows are read once more, without the model.
 */
public final class Slicer {
  private final Slicing declared;
  private final Map<String, Cutter> cutters;
  private final Map<String, List<String>> searched;

  private Slicer(
      Slicing declared, Map<String, Cutter> cutters, Map<String, List<String>> searched) {
    this.declared = declared;
    this.cutters = cutters;
    this.searched = searched;
  }

  /**
   * Looks at the data where the declaration needs that.
   *
   * @throws org.modelvitals.data.DataException if a column is missing
   * @throws org.modelvitals.probe.ProbeException if a column cannot be cut as declared
   */
  public static Slicer of(Slicing declared, @Nullable DataSpec data, ProbeContext context) {
    if (surveyed(declared).isEmpty()) {
      return of(declared, visitor -> {});
    }
    if (data == null) {
      throw new ProbeException("slices are parts of a dataset, and there is none");
    }
    return of(
        declared,
        visitor -> {
          try (DataRows rows = DataRows.open(data.rowsOnly(), context::resolve)) {
            long read = 0;
            for (Optional<DataRow> row = rows.next(); row.isPresent(); row = rows.next()) {
              DataRow current = row.get();
              visitor.row(column -> current.value(column).orElse(null));
              context.progress().at(++read, rows.total(), "rows surveyed");
            }
          }
        });
  }

  /** Rows that are read before the model runs. */
  @FunctionalInterface
  public interface Survey {
    void over(Visitor visitor);
  }

  /** Looks at a row, which gives the value of a column. */
  @FunctionalInterface
  public interface Visitor {
    void row(Function<String, @Nullable Object> row);
  }

  /**
   * Looks at rows that are read otherwise; none are needed where nothing has to be known of them.
   */
  public static Slicer of(Slicing declared, Survey survey) {
    Map<String, ColumnSurvey> surveys = new LinkedHashMap<>();
    surveyed(declared).forEach(column -> surveys.put(column, new ColumnSurvey(column)));
    survey.over(row -> surveys.forEach((column, seen) -> seen.add(row.apply(column))));
    Map<String, Cutter> cutters = new HashMap<>();
    for (String column : declared.columns()) {
      cutters.put(column, cutter(declared, column, surveys.get(column)));
    }
    Map<String, List<String>> searched = new LinkedHashMap<>();
    WeakSearch search = declared.search();
    if (search != null) {
      for (String column : search.columns()) {
        ColumnSurvey seen = surveys.get(column);
        Cutter cutter = cutters.get(column);
        if (seen != null && cutter != null) {
          searched.put(column, seen.slices(cutter));
        }
      }
    }
    return new Slicer(declared, cutters, searched);
  }

  private static List<String> surveyed(Slicing declared) {
    WeakSearch search = declared.search();
    return declared.columns().stream()
        .filter(
            column -> {
              Bins bins = declared.bins().get(column);
              boolean quantiles = bins != null && bins.quantiles() != null;
              return quantiles || (search != null && search.columns().contains(column));
            })
        .toList();
  }

  private static Cutter cutter(Slicing declared, String column, @Nullable ColumnSurvey seen) {
    Bins bins = declared.bins().get(column);
    if (bins == null) {
      return seen == null ? Cutter.EACH : seen.cutter();
    }
    Integer quantiles = bins.quantiles();
    return quantiles == null || seen == null
        ? Cutter.at(column, bins.edges())
        : seen.quantiles(quantiles);
  }

  /** Counts apart for each declared slice. */
  public <T> Slices<T> slices(Supplier<T> fresh) {
    return new Slices<>(this, declared.by(), fresh);
  }

  /**
   * The slices that a row is in, one of each declared crossing.
   *
   * @param row the value of a column
   */
  public Map<Crossing, String> names(Function<String, @Nullable Object> row) {
    Map<Crossing, String> names = new LinkedHashMap<>();
    for (Crossing crossing : declared.by()) {
      names.put(
          crossing,
          Slices.name(
              crossing.columns(),
              crossing.columns().stream()
                  .map(column -> slice(column, row.apply(column)))
                  .toList()));
    }
    return names;
  }

  /** What searches for weak slices; empty if nothing is searched. */
  public Optional<WeakSlices> search() {
    WeakSearch search = declared.search();
    return search == null ? Optional.empty() : Optional.of(new WeakSlices(search, this, searched));
  }

  /** Why nothing is said of a slice with so few rows; empty if something is. */
  public Optional<String> tooFew(long rows) {
    Integer least = declared.least();
    return least == null || rows >= least
        ? Optional.empty()
        : Optional.of("too few rows to say: %,d, at least %,d are declared".formatted(rows, least));
  }

  /** The measurement of a slice, or why nothing is said of so few rows. */
  public Measurement unlessTooFew(Measurement measured, long rows) {
    return tooFew(rows)
        .map(why -> Measurement.undefined(measured.name(), measured.unit(), measured.count(), why))
        .orElse(measured);
  }

  String slice(String column, @Nullable Object value) {
    return cutter(column).slice(value);
  }

  java.util.Comparator<String> order(String column) {
    return cutter(column).order();
  }

  private Cutter cutter(String column) {
    return cutters.getOrDefault(column, Cutter.EACH);
  }
}
