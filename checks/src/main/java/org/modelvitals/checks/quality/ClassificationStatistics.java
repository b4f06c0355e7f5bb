package org.modelvitals.checks.quality;

import static org.modelvitals.checks.quality.RowOutcomeLog.BRIER;
import static org.modelvitals.checks.quality.RowOutcomeLog.CONFIDENCE;
import static org.modelvitals.checks.quality.RowOutcomeLog.LOSS;
import static org.modelvitals.checks.quality.RowOutcomeLog.RANK;
import static org.modelvitals.checks.quality.RowOutcomeLog.SAID;
import static org.modelvitals.checks.quality.RowOutcomeLog.TRUTH;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Crossing;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.reading.RowColumn;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.reading.RowStatistic;

/** How measurements of classified rows come about from what became of each row. */
final class ClassificationStatistics {
  private final @Nullable Crossing crossing;
  private final @Nullable String slice;
  private final String part;

  private ClassificationStatistics(
      @Nullable Crossing crossing, @Nullable String slice, String part) {
    this.crossing = crossing;
    this.slice = slice;
    this.part = part;
  }

  /** The statistic of a measurement; empty if it is not made from single rows. */
  static Optional<RowStatistic> of(Classification declaration, String measurement) {
    int bracket = measurement.endsWith("]") ? measurement.indexOf('[') : -1;
    String word = bracket < 0 ? measurement : measurement.substring(0, bracket);
    ClassificationStatistics rows =
        of(
            declaration.slices(),
            bracket < 0 ? "" : measurement.substring(bracket + 1, measurement.length() - 1));
    return switch (word) {
      case "accuracy", "micro recall", "weighted recall" -> Optional.of(rows.hits());
      case "recall" -> rows.ofClass(declaration).map(ClassificationStatistics::recall);
      case "precision" -> rows.ofClass(declaration).map(p -> p.ofClass(ClassScores::precision));
      case "f1" -> rows.ofClass(declaration).map(p -> p.ofClass(ClassScores::f1));
      case "top-k accuracy" -> rows.topK();
      case "log loss" -> Optional.of(rows.mean(LOSS));
      case "brier score" -> Optional.of(rows.mean(BRIER));
      case "expected calibration error" -> Optional.of(rows.calibration());
      case "balanced accuracy" -> Optional.of(rows.scores(ClassScores::balancedAccuracy));
      case "macro recall" -> Optional.of(rows.scores(ClassScores::macroRecall));
      case "macro precision" -> Optional.of(rows.scores(ClassScores::macroPrecision));
      case "macro f1" -> Optional.of(rows.scores(ClassScores::macroF1));
      case "micro precision" -> Optional.of(rows.scores(ClassScores::microPrecision));
      case "micro f1" -> Optional.of(rows.scores(ClassScores::microF1));
      case "weighted precision" -> Optional.of(rows.scores(ClassScores::weightedPrecision));
      case "weighted f1" -> Optional.of(rows.scores(ClassScores::weightedF1));
      case "cohen kappa" -> Optional.of(rows.scores(ClassScores::kappa));
      case "matthews correlation" -> Optional.of(rows.scores(ClassScores::matthews));
      default -> Optional.empty();
    };
  }

  /** Takes {@code 7}, {@code size=large} or {@code 7, age=old, sex=f} apart. */
  private static ClassificationStatistics of(Slicing slicing, String brackets) {
    return slicing.by().stream()
        .sorted(Comparator.comparing((Crossing crossing) -> -crossing.columns().size()))
        .flatMap(
            crossing -> {
              Matcher matcher =
                  Pattern.compile(
                          crossing.columns().stream()
                              .map(column -> Pattern.quote(column + "=") + ".*")
                              .collect(Collectors.joining(", ", "(?:(.*?), )??(", ")")))
                      .matcher(brackets);
              return matcher.matches()
                  ? Stream.of(
                      new ClassificationStatistics(
                          crossing,
                          matcher.group(2),
                          matcher.group(1) == null ? "" : matcher.group(1)))
                  : Stream.empty();
            })
        .findFirst()
        .orElseGet(() -> new ClassificationStatistics(null, null, brackets));
  }

  /** Where no class is named it is the positive of two; which that is, rows do not tell. */
  private Optional<ClassificationStatistics> ofClass(Classification declaration) {
    if (!part.isEmpty()) {
      return Optional.of(this);
    }
    ClassNames names = declaration.classes();
    String positive = declaration.positive();
    if (positive == null && names != null && names.names().size() == 2) {
      positive = names.names().get(1);
    }
    return Optional.ofNullable(positive)
        .map(known -> new ClassificationStatistics(crossing, slice, known));
  }

  private Set<String> columns(String... more) {
    Set<String> columns = new HashSet<>(List.of(more));
    if (crossing != null) {
      columns.add(RowOutcomeLog.slice(crossing));
    }
    return columns;
  }

  private boolean isInSlice(RowOutcomes rows, int row) {
    return crossing == null
        || String.valueOf(slice).equals(words(rows, RowOutcomeLog.slice(crossing)).word(row));
  }

  private static RowColumn.Words words(RowOutcomes rows, String column) {
    return rows.words(column).orElseThrow();
  }

  private static double isRight(RowOutcomes rows, int row) {
    String truth = words(rows, TRUTH).word(row);
    return truth != null && truth.equals(words(rows, SAID).word(row)) ? 1 : 0;
  }

  private RowStatistic hits() {
    return new RowStatistic.Mean(
        columns(TRUTH, SAID), this::isInSlice, ClassificationStatistics::isRight);
  }

  private RowStatistic recall() {
    return new RowStatistic.Mean(
        columns(TRUTH, SAID),
        (rows, row) -> isInSlice(rows, row) && part.equals(words(rows, TRUTH).word(row)),
        ClassificationStatistics::isRight);
  }

  private RowStatistic ofClass(OfClass value) {
    return new RowStatistic.Whole(
        columns(TRUTH, SAID),
        (rows, chosen) -> {
          Counted counted = count(rows, chosen, row -> isInSlice(rows, row));
          Integer index = counted.index.get(part);
          return index == null ? 0 : value.of(counted.scores(), index);
        });
  }

  private interface OfClass {
    double of(ClassScores scores, int index);
  }

  private RowStatistic scores(ToDoubleFunction<ClassScores> value) {
    return new RowStatistic.Whole(
        columns(TRUTH, SAID),
        (rows, chosen) ->
            value.applyAsDouble(count(rows, chosen, row -> isInSlice(rows, row)).scores()));
  }

  private record Counted(Counts counts, long said, Map<String, Integer> index) {
    ClassScores scores() {
      return new ClassScores(counts, said);
    }
  }

  private interface Chosen {
    boolean test(int row);
  }

  private static Counted count(RowOutcomes rows, int[] chosen, Chosen counts) {
    RowColumn.Words truth = words(rows, TRUTH);
    RowColumn.Words said = words(rows, SAID);
    Map<String, Integer> index = new HashMap<>();
    truth.words().forEach(word -> index.put(word, index.size()));
    int[] place =
        said.words().stream()
            .mapToInt(word -> index.computeIfAbsent(word, w -> index.size()))
            .toArray();
    Counts counted = new Counts();
    long answers = 0;
    for (int row : chosen) {
      if (counts.test(row)) {
        int code = said.code(row);
        counted.add(truth.code(row), code < 0 ? -1 : place[code]);
        answers += code < 0 ? 0 : 1;
      }
    }
    return new Counted(counted, answers, index);
  }

  private Optional<RowStatistic> topK() {
    try {
      int k = Integer.parseInt(part.strip());
      return Optional.of(
          new RowStatistic.Mean(
              columns(RANK),
              this::isInSlice,
              (rows, row) -> rows.numbers(RANK).orElseThrow().value(row) < k ? 1 : 0));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private RowStatistic mean(String column) {
    return new RowStatistic.Mean(
        columns(column),
        this::isInSlice,
        (rows, row) -> rows.numbers(column).orElseThrow().value(row));
  }

  private RowStatistic calibration() {
    return new RowStatistic.Whole(
        columns(TRUTH, SAID, CONFIDENCE),
        (rows, chosen) -> {
          RowColumn.Numbers confidence = rows.numbers(CONFIDENCE).orElseThrow();
          Calibration calibration = new Calibration();
          for (int row : chosen) {
            if (isInSlice(rows, row)) {
              calibration.add(confidence.value(row), isRight(rows, row) == 1);
            }
          }
          return calibration.expectedError();
        });
  }
}
