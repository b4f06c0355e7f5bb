package org.modelvitals.checks.behaviour;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;

/**
 * What another model says of the same rows. It has a feed of its own, because it may have other
 * inputs, and a state of its own.
 */
final class ExpectedOfModel implements Expected {
  private final OtherModel declared;
  private final DataSpec rows;
  private final ProbeContext context;
  private final Model model;
  private @Nullable Feed feed;

  /**
   * @param rows what the suite's model is fed
   * @param model the other model, which stays open
   */
  ExpectedOfModel(OtherModel declared, DataSpec rows, Model model, ProbeContext context) {
    this.declared = declared;
    this.rows = rows;
    this.context = context;
    this.model = model;
  }

  @Override
  public Map<String, Value> next(Batch batch, Map<String, Value> actual) {
    Feed open = feed;
    if (open == null) {
      open = context.feed(data(batch.rows()), model);
      feed = open;
    }
    Optional<Batch> same = open.next();
    if (same.isEmpty() || same.get().rows() != batch.rows()) {
      throw new ProbeException(
          "the model '%s' got %s rows where the suite's model got %d; declare 'batch' so that both"
                  .formatted(
                      declared.file(),
                      same.map(b -> Integer.toString(b.rows())).orElse("no"),
                      batch.rows())
              + " take as many");
    }
    Map<String, Value> outputs = model.run(same.get().inputs());
    open.feedback(outputs);
    Map<String, Value> expected = new LinkedHashMap<>();
    List<String> ours =
        context.model().signature().outputs().stream().map(ValueInfo::name).toList();
    for (String name : actual.keySet()) {
      expected.put(name, counterpart(name, ours, outputs));
    }
    return expected;
  }

  /** The same data, without inputs that the other model does not have. */
  private DataSpec data(int batch) {
    Signature signature = model.signature();
    DataSpec data = rows.onlyInputs(name -> signature.input(name).isPresent());
    for (Map.Entry<String, InputSpec> own : declared.inputs().entrySet()) {
      data = data.input(own.getKey(), own.getValue());
    }
    return data.batch(batch);
  }

  private Value counterpart(String name, List<String> ours, Map<String, Value> theirs) {
    String mapped = declared.outputs().getOrDefault(name, name);
    Value value = theirs.get(mapped);
    if (value == null && !declared.outputs().containsKey(name)) {
      boolean nothingShared = ours.stream().noneMatch(theirs::containsKey);
      if (nothingShared && ours.size() == theirs.size()) {
        value = List.copyOf(theirs.values()).get(ours.indexOf(name));
      }
    }
    if (value == null) {
      throw new ProbeException(
          ("the model '%s' has no output '%s'; it has %s. Say which one belongs to it with"
                  + " 'outputs: {%s: ...}'")
              .formatted(declared.file(), mapped, String.join(", ", theirs.keySet()), name));
    }
    return value;
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
  }
}
