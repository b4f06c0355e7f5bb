package org.modelvitals.checks.own;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.ProbeSpec;

/** Calls the model again and again with the same rows, and counts the answers that differ. */
public final class Repeatability implements ProbeType<Repeatability.Spec> {

  /** The parameters: what stands in YAML, in the schema, and in the Java builder. */
  @Doc("Calls the model again with the same rows and counts the answers that differ.")
  public record Spec(
      @Doc("What the model is fed.") DataSpec data,
      @Doc("How often each batch is run again.") @Default("3") int repeats)
      implements ProbeSpec {}

  @Override
  public String keyword() {
    return "repeatability";
  }

  @Override
  public Class<Spec> specification() {
    return Spec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number("calls", NUMBER, "How many calls were compared."),
        MeasurementInfo.number("different answers", NUMBER, "Calls that answered otherwise."));
  }

  @Override
  public Reading probe(Spec spec, ProbeContext context) {
    double calls = 0;
    double different = 0;
    try (Feed feed = context.feed(spec.data(), context.model())) {
      for (Optional<Batch> batch = feed.next(); batch.isPresent(); batch = feed.next()) {
        Map<String, Value> first = context.model().run(batch.get().inputs());
        for (int i = 0; i < spec.repeats(); i++) {
          different += same(first, context.model().run(batch.get().inputs())) ? 0 : 1;
          calls++;
        }
        feed.feedback(first);
      }
    }
    return Reading.of(
        Measurement.exact("calls", calls, NUMBER),
        Measurement.exact("different answers", different, NUMBER));
  }

  private static boolean same(Map<String, Value> one, Map<String, Value> other) {
    return one.keySet().stream().allMatch(name -> same(one.get(name), other.get(name)));
  }

  /** Tensors of numbers to the bit; other values are not looked at. */
  private static boolean same(@Nullable Value one, @Nullable Value other) {
    return !(one instanceof Tensor first && other instanceof Tensor second)
        || first.type().bytes() == 0
        || first.bytes().equals(second.bytes());
  }
}
