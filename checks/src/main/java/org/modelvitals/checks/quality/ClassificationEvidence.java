package org.modelvitals.checks.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.modelvitals.reading.Evidence;
import org.modelvitals.unit.Unit;

/** What backs the measurements of a classification, and what it shows in a sentence. */
final class ClassificationEvidence {
  private static final int MATRIX = 64;
  private static final int BARS = 64;
  private static final int PLACES = 5;

  private final String output;
  private final OutputKind kind;
  private final Classes classes;
  private final List<Integer> order;
  private final Tally tally;
  private final Counts counts;

  ClassificationEvidence(
      String output, OutputKind kind, Classes classes, List<Integer> order, Tally tally) {
    this.output = output;
    this.kind = kind;
    this.classes = classes;
    this.order = order;
    this.tally = tally;
    this.counts = tally.all.counts;
  }

  List<Evidence> all() {
    List<Evidence> all = new ArrayList<>();
    if (tally.all.brokenRows > 0) {
      all.add(broken());
    }
    all.add(matrix());
    if (!tally.wrong.list().isEmpty()) {
      all.add(wrongRows());
    }
    all.add(bars());
    if (kind != OutputKind.LABELS && tally.all.calibration.total() > 0) {
      all.add(Reliability.of(tally.all.calibration, "rows"));
    }
    return all;
  }

  private Evidence broken() {
    List<RowNote> rows = tally.broken.list();
    String places =
        rows.stream().limit(PLACES).map(RowNote::where).collect(Collectors.joining(", "));
    return new Evidence.Table(
        "Rows with outputs that are no finite numbers",
        "the output '%s' is NaN or infinite in %,d of %,d rows, first at %s"
            .formatted(output, tally.all.brokenRows, counts.rows(), places),
        List.of("row", "expected"),
        rows.stream().map(row -> List.of(row.where(), classes.name(row.truth()))).toList());
  }

  private Evidence wrongRows() {
    List<List<String>> cells =
        tally.wrong.list().stream()
            .map(
                row ->
                    List.of(
                        row.where(),
                        classes.name(row.truth()),
                        row.said() < 0 ? "not a number" : classes.name(row.said()),
                        Double.isNaN(row.probability())
                            ? ""
                            : String.format(Locale.ROOT, "%.4f", row.probability())))
            .toList();
    RowNote first = tally.wrong.list().get(0);
    return new Evidence.Table(
        "First wrong rows",
        first.said() < 0
            ? ""
            : "the first wrong row is %s: expected '%s', the model says '%s'"
                .formatted(first.where(), classes.name(first.truth()), classes.name(first.said())),
        List.of("row", "expected", "predicted", "probability"),
        cells);
  }

  private Evidence matrix() {
    Set<Integer> shown = shown();
    List<Integer> indices = order.stream().filter(shown::contains).toList();
    boolean others = order.stream().anyMatch(i -> counts.occurs(i) && !shown.contains(i));
    List<String> labels = new ArrayList<>(indices.stream().map(classes::name).toList());
    long[][] cells = new long[indices.size() + 2][indices.size() + 2];
    int rest = indices.size();
    int nothing = rest + 1;
    for (Confusion.Pair pair : tally.confusion.pairs()) {
      int row = place(indices, pair.truth(), rest);
      int column = pair.said() < 0 ? nothing : place(indices, pair.said(), rest);
      cells[row][column] += tally.confusion.count(pair.truth(), pair.said());
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < rest; i++) {
      kept.add(i);
    }
    if (others) {
      labels.add("(others)");
      kept.add(rest);
    }
    if (tally.all.brokenRows > 0) {
      labels.add("(not a number)");
      kept.add(nothing);
    }
    return new Evidence.Matrix(
        "Confusion matrix",
        sentence(),
        "expected",
        "predicted",
        labels,
        kept.stream()
            .map(row -> kept.stream().map(column -> cells[row][column]).toList())
            .toList());
  }

  private static int place(List<Integer> indices, int index, int otherwise) {
    int place = indices.indexOf(index);
    return place < 0 ? otherwise : place;
  }

  /** All classes if they are few, else those that occur, else those with the most errors. */
  private Set<Integer> shown() {
    if (order.size() <= MATRIX) {
      return new HashSet<>(order);
    }
    return order.stream()
        .filter(counts::occurs)
        .sorted(
            Comparator.comparingLong(
                (Integer i) -> 2 * counts.hits(i) - counts.labelled(i) - counts.predicted(i)))
        .limit(MATRIX)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private String sentence() {
    if (counts.right() == counts.rows()) {
      return "";
    }
    List<Confusion.Pair> wrong =
        StreamSupport.stream(tally.confusion.pairs().spliterator(), false)
            .filter(pair -> pair.said() >= 0 && pair.said() != pair.truth())
            .sorted(
                Comparator.comparingLong(
                        (Confusion.Pair pair) -> -tally.confusion.count(pair.truth(), pair.said()))
                    .thenComparingInt(pair -> order.indexOf(pair.truth()))
                    .thenComparingInt(pair -> order.indexOf(pair.said())))
            .toList();
    List<String> parts = new ArrayList<>();
    swapped(wrong).ifPresent(parts::add);
    if (!wrong.isEmpty()) {
      Confusion.Pair most = wrong.get(0);
      parts.add(
          "the model says '%s' for '%s' in %,d of %,d rows"
              .formatted(
                  classes.name(most.said()),
                  classes.name(most.truth()),
                  tally.confusion.count(most.truth(), most.said()),
                  counts.labelled(most.truth())));
    }
    order.stream()
        .filter(i -> counts.labelled(i) > 0)
        .min(Comparator.comparingDouble(i -> (double) counts.hits(i) / counts.labelled(i)))
        .ifPresent(
            worst ->
                parts.add(
                    "the worst class is '%s', right in %,d of %,d rows"
                        .formatted(
                            classes.name(worst), counts.hits(worst), counts.labelled(worst))));
    return String.join("; ", parts);
  }

  /** Two classes each of which is mostly taken for the other. */
  private Optional<String> swapped(List<Confusion.Pair> wrong) {
    return wrong.stream()
        .filter(pair -> order.indexOf(pair.truth()) < order.indexOf(pair.said()))
        .filter(pair -> mostly(pair.truth(), pair.said()) && mostly(pair.said(), pair.truth()))
        .findFirst()
        .map(
            pair ->
                "labels '%s' and '%s' look swapped"
                    .formatted(classes.name(pair.truth()), classes.name(pair.said())));
  }

  private boolean mostly(int truth, int said) {
    return 2 * tally.confusion.count(truth, said) > counts.labelled(truth);
  }

  private Evidence bars() {
    List<Evidence.Bars.Bar> bars =
        order.stream()
            .filter(i -> counts.labelled(i) > 0)
            .sorted(
                Comparator.comparingDouble(
                    i -> order.size() <= BARS ? 0 : (double) counts.hits(i) / counts.labelled(i)))
            .limit(BARS)
            .map(
                i ->
                    new Evidence.Bars.Bar(
                        classes.name(i), (double) counts.hits(i) / counts.labelled(i), null))
            .toList();
    return new Evidence.Bars("Recall of each class", "", Unit.FRACTION, bars);
  }
}
