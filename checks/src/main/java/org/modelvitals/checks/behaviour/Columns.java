package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.model.Tensor;

/**
 * Finds the columns of a table's input, {@code [rows, features]}, that change nothing. Columns are
 * changed together and parted only where something comes of it, so that many dead ones cost few
 * calls, and a living one about two.
 */
final class Columns {
  /** More are pixels, embeddings or one-hot codes rather than features that somebody named. */
  private static final int MOST = 256;

  /** Whether an output changes when a tensor takes the place of the input. */
  interface Change {
    boolean moves(Tensor input);
  }

  private final Tensor usual;
  private final List<Tensor> others;
  private final Change change;
  private final List<Integer> dead = new ArrayList<>();

  private Columns(Tensor usual, List<Tensor> others, Change change) {
    this.usual = usual;
    this.others = others;
    this.change = change;
  }

  static boolean areIn(Tensor input) {
    return input.rank() == 2
        && input.type().isFloating()
        && input.dim(1) > 1
        && input.dim(1) <= MOST
        && input.size() > 0;
  }

  /**
   * The dead columns in ascending order.
   *
   * @param others the same tensor with all columns changed, in different ways
   */
  static List<Integer> dead(Tensor usual, List<Tensor> others, Change change) {
    Columns columns = new Columns(usual, others, change);
    columns.part(0, (int) usual.dim(1));
    return List.copyOf(columns.dead);
  }

  private void part(int from, int to) {
    if (others.stream().noneMatch(other -> change.moves(with(other, from, to)))) {
      for (int column = from; column < to; column++) {
        dead.add(column);
      }
    } else if (to - from > 1) {
      int middle = (from + to) >>> 1;
      part(from, middle);
      part(middle, to);
    }
  }

  private Tensor with(Tensor other, int from, int to) {
    Tensor changed = Tensors.copy(usual);
    int width = (int) usual.dim(1);
    for (int row = 0; row < usual.dim(0); row++) {
      for (int column = from; column < to; column++) {
        int at = row * width + column;
        changed.setDouble(at, other.getDouble(at));
      }
    }
    return changed;
  }
}
