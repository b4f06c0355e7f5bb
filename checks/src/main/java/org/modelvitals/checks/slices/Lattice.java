package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.statistics.Moments;

/**
 * All conjunctions of values of up to some number of columns, each with the losses of its rows.
 * Memory is set by the columns and their values, not by the rows.
 */
final class Lattice {
  /** The most conjunctions that are counted. */
  static final long MOST = 100_000;

  private final List<String> columns;
  private final int[] sizes;
  private final List<Group> groups = new ArrayList<>();

  /** The conjunctions of values of the same columns; a cell is null until a row falls into it. */
  private static final class Group {
    private final int[] members;
    private final @Nullable Moments[] cells;

    Group(int[] members, int size) {
      this.members = members;
      this.cells = new Moments[size];
    }
  }

  /**
   * A conjunction that has rows.
   *
   * @param values the number of the value of each column; -1 where the column does not matter
   */
  record Cell(List<Integer> values, Moments losses) {

    /** Whether every row of {@code other} is one of this. */
    boolean holds(Cell other) {
      return IntStream.range(0, values.size())
          .allMatch(i -> values.get(i) < 0 || values.get(i).equals(other.values.get(i)));
    }
  }

  /**
   * @param sizes how many values each column has
   */
  Lattice(List<String> columns, int[] sizes, int depth) {
    this.columns = columns;
    this.sizes = sizes.clone();
    long cells = 0;
    int deepest = Math.min(depth, sizes.length);
    for (int width = 1; width <= deepest; width++) {
      cells += count(0, width);
    }
    if (cells > MOST) {
      throw new ProbeException(
          "the search for weak slices over %s would count %,d conjunctions, and at most %,d are counted; search fewer columns, declare bins for those with many values, or lower 'depth'"
              .formatted(String.join(", ", columns), cells, MOST));
    }
    for (int width = 1; width <= deepest; width++) {
      addGroups(new int[width], 0, 0);
    }
  }

  /** The conjunctions of {@code width} of the columns from {@code from} on; capped, not exact. */
  private long count(int from, int width) {
    if (width == 0) {
      return 1;
    }
    long sum = 0;
    for (int i = from; i <= sizes.length - width; i++) {
      sum = Math.min(Long.MAX_VALUE / 4096, sum + sizes[i] * count(i + 1, width - 1));
    }
    return sum;
  }

  private void addGroups(int[] members, int filled, int from) {
    if (filled == members.length) {
      int size = Arrays.stream(members).map(i -> sizes[i]).reduce(1, Math::multiplyExact);
      groups.add(new Group(members.clone(), size));
      return;
    }
    for (int i = from; i < sizes.length; i++) {
      members[filled] = i;
      addGroups(members, filled + 1, i + 1);
    }
  }

  /**
   * Counts a row.
   *
   * @param values the number of its value in each column
   */
  void add(int[] values, double loss) {
    for (Group group : groups) {
      int place = 0;
      for (int member : group.members) {
        place = place * sizes[member] + values[member];
      }
      at(group, place).add(loss);
    }
  }

  private static Moments at(Group group, int place) {
    Moments cell = group.cells[place];
    if (cell == null) {
      cell = new Moments();
      group.cells[place] = cell;
    }
    return cell;
  }

  void merge(Lattice other) {
    for (int i = 0; i < groups.size(); i++) {
      Group theirs = other.groups.get(i);
      for (int place = 0; place < theirs.cells.length; place++) {
        Moments cell = theirs.cells[place];
        if (cell != null) {
          at(groups.get(i), place).merge(cell);
        }
      }
    }
  }

  /** All conjunctions with rows, those of fewer columns first. */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Group group : groups) {
      for (int place = 0; place < group.cells.length; place++) {
        Moments losses = group.cells[place];
        if (losses != null) {
          cells.add(new Cell(values(group, place), losses));
        }
      }
    }
    return cells;
  }

  private List<Integer> values(Group group, int place) {
    int[] values = new int[columns.size()];
    Arrays.fill(values, -1);
    int left = place;
    for (int i = group.members.length - 1; i >= 0; i--) {
      int member = group.members[i];
      values[member] = left % sizes[member];
      left /= sizes[member];
    }
    return Arrays.stream(values).boxed().toList();
  }
}
