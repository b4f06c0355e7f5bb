package org.modelvitals.checks.invariance;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Perturbation;
import org.modelvitals.data.Perturbations;
import org.modelvitals.model.Model;
import org.modelvitals.model.Value;
import org.modelvitals.probe.FedRows;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;

/** Feeds every row as it is, and after each change, batch by batch. */
final class PerturbedPass {

  /** Takes in what becomes of a row. */
  interface Observer {

    /**
     * Looks at a row under one change.
     *
     * @param input what was changed of the row, before and after; empty where an input was
     */
    void row(String name, long index, String where, Answer before, Answer after, String input);

    /** The change leaves the row as it is. */
    void untouched(String name, String where, Answer before, Answer after);

    /** All changes of a row were looked at. */
    void rowDone();
  }

  private PerturbedPass() {}

  /** Returns which rows were fed. */
  static FedRows run(
      ProbeContext context,
      DataSpec data,
      Map<String, List<Perturbation>> changes,
      @Nullable String output,
      @Nullable Long seed,
      Observer observer) {
    if (changes.isEmpty()) {
      throw new ProbeException(
          "no change is declared; say what is changed with 'perturb', 'raises' or 'lowers'");
    }
    Model model = context.model();
    FedRows fed = FedRows.of(context);
    AnswerReader reader = new AnswerReader(output);
    Map<String, Feed> feeds = new LinkedHashMap<>();
    try (Feed plain = context.feed(data, model)) {
      int number = 0;
      for (Map.Entry<String, List<Perturbation>> change : changes.entrySet()) {
        // Each change has numbers of its own, or two of the same kind would be the same noise.
        long own = (seed == null ? context.seed() : seed) + ++number;
        feeds.put(
            change.getKey(),
            context.feed(
                data,
                model,
                Set.of(),
                new Perturbations(change.getValue(), new SplittableRandom(own).nextLong())));
      }
      long rows = 0;
      for (Optional<Batch> next = plain.next(); next.isPresent(); next = plain.next()) {
        Batch batch = next.get();
        fed.add(batch);
        Map<String, Value> outputs = model.run(batch.inputs());
        plain.feedback(outputs);
        List<Answer> before = reader.read(outputs, batch.rows());
        Map<String, Batch> batches = new LinkedHashMap<>();
        Map<String, List<Answer>> after = new LinkedHashMap<>();
        feeds.forEach(
            (name, feed) -> {
              Batch changed = feed.next().orElseThrow();
              Map<String, Value> changedOutputs = model.run(changed.inputs());
              feed.feedback(changedOutputs);
              batches.put(name, changed);
              after.put(name, reader.read(changedOutputs, changed.rows()));
            });
        for (int row = 0; row < batch.rows(); row++) {
          for (Map.Entry<String, List<Perturbation>> change : changes.entrySet()) {
            String name = change.getKey();
            observe(
                name,
                batch,
                Objects.requireNonNull(batches.get(name)),
                row,
                change.getValue(),
                before.get(row),
                Objects.requireNonNull(after.get(name)).get(row),
                observer);
          }
          observer.rowDone();
        }
        rows += batch.rows();
        context.progress().at(rows, plain.totalRows(), "rows");
      }
    } finally {
      feeds.values().forEach(Feed::close);
    }
    return fed;
  }

  private static void observe(
      String name,
      Batch batch,
      Batch changed,
      int row,
      List<Perturbation> steps,
      Answer before,
      Answer after,
      Observer observer) {
    Set<String> columns = new LinkedHashSet<>();
    steps.forEach(step -> columns.addAll(step.columns()));
    StringBuilder input = new StringBuilder();
    for (String column : columns) {
      String old = String.valueOf(batch.value(row, column));
      String now = String.valueOf(changed.value(row, column));
      if (!old.equals(now)) {
        input.append(input.length() == 0 ? "" : "; ");
        input
            .append(column)
            .append(": ")
            .append(shortened(old))
            .append(" → ")
            .append(shortened(now));
      }
    }
    // No column shows what is changed of an input.
    boolean ofInputs = steps.stream().anyMatch(step -> step.columns().isEmpty());
    if (input.length() == 0 && !(ofInputs && RowInputs.differ(batch, changed, row))) {
      observer.untouched(name, batch.where(row), before, after);
    } else {
      observer.row(
          name,
          batch.index(row),
          batch.where(row),
          before,
          after,
          ofInputs ? "" : input.toString());
    }
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
