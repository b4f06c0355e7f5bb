package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;

/** Something counted apart for each slice. */
public final class Slices<T> {
  /** The most slices of one column, or crossing. */
  static final int MOST = 1000;

  private final Slicer slicer;
  private final List<Crossing> crossings;
  private final Supplier<T> fresh;
  private final List<Map<List<String>, T>> parts = new ArrayList<>();

  Slices(Slicer slicer, List<Crossing> crossings, Supplier<T> fresh) {
    this.slicer = slicer;
    this.crossings = crossings;
    this.fresh = fresh;
    crossings.forEach(crossing -> parts.add(new HashMap<>()));
  }

  /**
   * Hands over what is counted for each slice that a row is in.
   *
   * @param row the value of a column
   */
  public void add(Function<String, @Nullable Object> row, Consumer<T> count) {
    for (int i = 0; i < crossings.size(); i++) {
      List<String> names =
          crossings.get(i).columns().stream()
              .map(column -> slicer.slice(column, row.apply(column)))
              .toList();
      count.accept(part(i, names));
    }
  }

  private T part(int crossing, List<String> names) {
    Map<List<String>, T> values = parts.get(crossing);
    T part = values.get(names);
    if (part == null) {
      if (values.size() == MOST) {
        throw tooMany(crossings.get(crossing).toString());
      }
      part = fresh.get();
      values.put(names, part);
    }
    return part;
  }

  static ProbeException tooMany(String crossing) {
    return new ProbeException(
        "the column '%s' has more than %d different values; slice by a column with few, or declare bins for it"
            .formatted(crossing, MOST));
  }

  /** Takes in what others have counted. */
  public void merge(Slices<T> other, BiConsumer<T, T> join) {
    for (int i = 0; i < crossings.size(); i++) {
      int crossing = i;
      other.parts.get(i).forEach((names, theirs) -> join.accept(part(crossing, names), theirs));
    }
  }

  /** Visits what was counted by the slice's name, {@code age=30 to 50, sex=f}, in order. */
  public void forEach(BiConsumer<String, T> visitor) {
    for (int i = 0; i < crossings.size(); i++) {
      List<String> columns = crossings.get(i).columns();
      parts.get(i).entrySet().stream()
          .sorted(Map.Entry.comparingByKey(order(columns)))
          .forEach(entry -> visitor.accept(name(columns, entry.getKey()), entry.getValue()));
    }
  }

  private Comparator<List<String>> order(List<String> columns) {
    return (a, b) -> {
      for (int i = 0; i < columns.size(); i++) {
        int order = slicer.order(columns.get(i)).compare(a.get(i), b.get(i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  static String name(List<String> columns, List<String> values) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      name.append(i == 0 ? "" : ", ").append(columns.get(i)).append('=').append(values.get(i));
    }
    return name.toString();
  }
}
