package org.modelvitals.checks.slices;

import java.util.List;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.text.Bounds;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * A search for slices in which a model is weaker than on all other rows, over every conjunction of
 * values of some columns.
 *
 * @param columns those with numbers of more than ten values are cut into quarters unless they have
 *     bins
 * @param depth the most columns in a conjunction
 * @param least how many rows a slice has at least
 * @param error how often, at most, any slice is called weak where none is
 */
@Doc("A search for slices in which the model is weaker than on all other rows.")
@Shorthand("columns")
public record WeakSearch(
    @Doc(value = "The columns whose values are combined.", example = "[age, sex]")
        List<String> columns,
    @Doc("The most columns that are combined.") @Default("2") @Minimum(1) int depth,
    @Doc("The fewest rows of a slice.") @Default("20") @Minimum(2) int least,
    @Doc("How often, at most, any slice is called weak where none is.") @Default("5 %")
        Quantity error) {

  public WeakSearch {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
      throw new IllegalArgumentException(
          "search: %s; expected columns, each once".formatted(columns));
    }
    Bounds.atLeast(1, "depth", depth);
    Bounds.atLeast(2, "least", least);
    if (error.unit().dimension() != Dimension.NUMBER
        || !(error.in(Unit.NUMBER) > 0 && error.in(Unit.NUMBER) < 0.5)) {
      throw new IllegalArgumentException(
          "search: the error rate is '%s'; expected a share between 0 and one half, such as '5 %%'"
              .formatted(error));
    }
  }

  /** Combines the values of up to two of the columns. */
  public static WeakSearch over(String... columns) {
    return new WeakSearch(List.of(columns), 2, 20, Quantity.percent(5));
  }

  public WeakSearch depth(int columnsAtOnce) {
    return new WeakSearch(columns, columnsAtOnce, least, error);
  }

  public WeakSearch least(int rows) {
    return new WeakSearch(columns, depth, rows, error);
  }

  public WeakSearch error(Quantity rate) {
    return new WeakSearch(columns, depth, least, rate);
  }
}
