package org.modelvitals.checks.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.modelvitals.checks.slices.SliceValues;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.text.Nearest;

/** The classes by number: all known from the beginning, or met one after the other. */
final class Classes {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,9}");
  private static final int SHOWN = 12;

  private final List<String> names;
  private final boolean growing;
  private final boolean numbered;
  private final Map<String, Integer> byName = new HashMap<>();
  // Looking up what a row says must not cost a conversion for every row.
  private final Map<Object, Integer> known = new HashMap<>();

  private Classes(List<String> names, boolean growing) {
    this.names = new ArrayList<>(names);
    this.growing = growing;
    // A number is a class's place only where no class is called by a number.
    this.numbered = !growing && names.stream().noneMatch(name -> WHOLE.matcher(name).matches());
    for (int i = 0; i < names.size(); i++) {
      if (byName.put(names.get(i), i) != null) {
        throw new ProbeException(
            "the class '%s' is declared twice; every class needs a name of its own"
                .formatted(names.get(i)));
      }
    }
  }

  static Classes of(List<String> names) {
    return new Classes(names, false);
  }

  /** The classes {@code 0} to {@code count - 1}. */
  static Classes numbered(int count) {
    return of(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /** Classes that are not known yet: every value is one. */
  static Classes growing() {
    return new Classes(List.of(), true);
  }

  boolean isGrowing() {
    return growing;
  }

  int size() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }

  List<String> names() {
    return names;
  }

  /** The number of the class that {@code value} names, or -1 if there is none. */
  int find(Object value) {
    Integer place = known.get(value);
    if (place == null) {
      place = search(text(value));
      if (place >= 0) {
        known.put(value, place);
      }
    }
    return place;
  }

  private int search(String text) {
    Integer place = byName.get(text);
    if (place != null) {
      return place;
    }
    if (growing) {
      names.add(text);
      byName.put(text, names.size() - 1);
      return names.size() - 1;
    }
    if (numbered && WHOLE.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      return number >= 0 && number < names.size() ? number : -1;
    }
    if (names.size() == 2 && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return text.equalsIgnoreCase("true") ? 1 : 0;
    }
    return -1;
  }

  /** {@code "is none of the 2 classes benign, malignant; did you mean 'benign'?"} */
  String noneOf(Object value) {
    String hint =
        Nearest.to(text(value), names).map(near -> "; did you mean '" + near + "'?").orElse("");
    String some = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return "is none of the %d classes %s%s%s"
        .formatted(names.size(), some, names.size() > SHOWN ? ", …" : "", hint);
  }

  /** The classes' numbers in the order for people: as declared, or else by number and name. */
  List<Integer> order() {
    Comparator<Integer> byNumber =
        Comparator.comparing(
            i -> WHOLE.matcher(names.get(i)).matches() ? Long.parseLong(names.get(i)) : null,
            Comparator.nullsLast(Comparator.naturalOrder()));
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(growing ? byNumber.thenComparing(names::get) : Comparator.naturalOrder())
        .toList();
  }

  /** For each class of {@code other}, its number here; unknown ones are added. */
  int[] numbersOf(Classes other) {
    return other.names.stream().mapToInt(this::find).toArray();
  }

  /** A value as a name. */
  static String text(Object value) {
    return SliceValues.text(value);
  }
}
