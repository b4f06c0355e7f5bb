package org.modelvitals.checks.slices;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.text.Bounds;
import org.modelvitals.text.Nearest;

/**
 * Parts of the rows for which measurements are repeated.
 *
 * @param by columns, or columns crossed: each value, or combination of values, is a slice
 * @param bins how the numbers of a column are cut; every value is a slice of its own otherwise
 * @param least rows below which nothing is said of a slice; null leaves that to its interval
 * @param search null searches nothing
 */
@Doc("Parts of the rows for which measurements are repeated.")
@Shorthand("by")
public record Slicing(
    @Doc(value = "Columns whose values are slices; crossed with x.", example = "[age, age x sex]")
        List<Crossing> by,
    @Doc(
            value = "How the numbers of a column are cut into slices.",
            example = "{age: [30, 50], income: {quantiles: 4}}")
        Map<String, Bins> bins,
    @Doc("The fewest rows of a slice of which something is said.") @Minimum(1)
        @Nullable Integer least,
    @Doc("Columns that are searched for slices in which the model is weaker than elsewhere.")
        @Nullable WeakSearch search) {

  public static final Slicing NONE = new Slicing(List.of(), Map.of(), null, null);

  public Slicing {
    by = List.copyOf(by);
    bins = Collections.unmodifiableMap(new LinkedHashMap<>(bins));
    Bounds.atLeast(1, "least", least);
    Set<String> used = columns(by, search);
    for (String column : bins.keySet()) {
      if (!used.contains(column)) {
        throw new IllegalArgumentException(
            "bins: no slice is by the column '%s'%s"
                .formatted(
                    column,
                    Nearest.to(column, used)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("")));
      }
    }
  }

  /** Slices by each of the columns; {@code "age x sex"} crosses two. */
  public static Slicing by(String... crossings) {
    return new Slicing(Stream.of(crossings).map(Crossing::parse).toList(), Map.of(), null, null);
  }

  /** No slices but those that are searched for. */
  public static Slicing searching(WeakSearch search) {
    return NONE.search(search);
  }

  /** Cuts the numbers of a column; each edge belongs to the slice above it. */
  public Slicing edges(String column, double... edges) {
    return with(column, new Bins(java.util.Arrays.stream(edges).boxed().toList(), null));
  }

  /** Cuts the numbers of a column into {@code count} slices with about equally many rows. */
  public Slicing quantiles(String column, int count) {
    return with(column, new Bins(List.of(), count));
  }

  private Slicing with(String column, Bins more) {
    Map<String, Bins> all = new LinkedHashMap<>(bins);
    all.put(column, more);
    return new Slicing(by, all, least, search);
  }

  /** Says nothing of slices with fewer rows. */
  public Slicing least(int rows) {
    return new Slicing(by, bins, rows, search);
  }

  /** Searches for weak slices too. */
  public Slicing search(WeakSearch weak) {
    return new Slicing(by, bins, least, weak);
  }

  /** All columns that are looked at. */
  public Set<String> columns() {
    return columns(by, search);
  }

  private static Set<String> columns(List<Crossing> by, @Nullable WeakSearch search) {
    Set<String> all = new LinkedHashSet<>();
    by.forEach(crossing -> all.addAll(crossing.columns()));
    if (search != null) {
      all.addAll(search.columns());
    }
    return all;
  }
}
