package org.modelvitals.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a dataset lie in an input tensor: one after the other along its first axis, or
 * each filling the whole tensor. Which of them follows from the declaration, the signature and the
 * first row.
 */
final class RowShape {
  private final Axes axes;
  private final boolean whole;

  /** The shape of one row, free axes included. */
  private final long[] row;

  private RowShape(Axes axes, boolean whole, long[] row) {
    this.axes = axes;
    this.whole = whole;
    this.row = row;
  }

  /**
   * Decides.
   *
   * @param declared the shape of one row as the declaration gives it; empty if it does not
   * @param whole whether rows are whole tensors in any case
   * @param size the number of elements in the first row
   * @param found the shape of the first row in the dataset, null if it has none
   */
  static RowShape of(
      Axes axes, List<Long> declared, boolean whole, long size, long @Nullable [] found) {
    long[] sizes = axes.sizes();
    int rank = sizes.length;
    if (rank == 0 || whole) {
      return new RowShape(axes, true, declared.isEmpty() ? sizes : declared(axes, declared, sizes));
    }
    long[] tail = Shapes.tail(sizes);
    boolean one = sizes[0] == Axes.FREE || sizes[0] == 1;
    if (!declared.isEmpty()) {
      if (declared.size() == rank && !(one && declared.get(0) == 1)) {
        return new RowShape(axes, true, declared(axes, declared, sizes));
      }
      List<Long> last = declared.size() == rank ? declared.subList(1, rank) : declared;
      return new RowShape(axes, false, declared(axes, last, tail));
    }
    if (sizes[0] != 1
        && found != null
        && found.length == rank
        && found[0] != 1
        && axes.allows(found)) {
      return new RowShape(axes, true, sizes);
    }
    boolean fits = one || Shapes.resolve(tail, size, found) != null;
    return fits || Shapes.resolve(sizes, size, found) == null
        ? new RowShape(axes, false, tail)
        : new RowShape(axes, true, sizes);
  }

  private static long[] declared(Axes axes, List<Long> declared, long[] expected) {
    long[] shape = declared.stream().mapToLong(Long::longValue).toArray();
    boolean fits = shape.length == expected.length;
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = shape[axis] == expected[axis] || (expected[axis] == Axes.FREE && shape[axis] >= 0);
    }
    if (!fits) {
      throw new DataException(
          "%s: a row cannot have the shape %s; expected %s"
              .formatted(axes, Wording.shape(shape), Wording.shape(expected)));
    }
    return shape;
  }

  /** Whether a row fills the whole tensor, so that a batch has one row. */
  boolean whole() {
    return whole;
  }

  /** The number of rows that a batch must have, or 0 if it may have any. */
  int fixedRows() {
    return whole ? 1 : axes.stacks() ? 0 : Math.toIntExact(axes.size(0));
  }

  /** Whether rows may differ in shape. */
  boolean varies() {
    return Shapes.free(row) > 0;
  }

  /** The shape of a row; of the whole tensor if a row fills it. */
  long[] declaredRow() {
    return row.clone();
  }

  /**
   * The shape of a row of {@code size} elements.
   *
   * @throws Misfit if it does not fit
   */
  long[] resolve(long size, long @Nullable [] found) {
    long[] shape = Shapes.resolve(row, size, found);
    if (shape != null) {
      return shape;
    }
    String takes = "%s takes %s in a row".formatted(axes, takes());
    if (Shapes.free(row) > 1) {
      takes += "; say which with 'shape:', or set the size of a free dimension";
    }
    throw new Misfit(
        "%s%s; %s"
            .formatted(
                Wording.count(size, "value"),
                found == null ? " in nested arrays of different lengths" : "",
                takes));
  }

  private String takes() {
    return Shapes.free(row) == 0
        ? Wording.count(Shapes.product(row), "value")
        : "values of shape " + Wording.shape(row);
  }
}
