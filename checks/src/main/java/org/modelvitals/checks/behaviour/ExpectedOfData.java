package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;

/**
 * Reference values, read as if they were the inputs of a model whose inputs are the outputs of this
 * one: from columns of the same rows, files (ONNX test data's {@code output_M.pb} are columns
 * called after the outputs), constants, images.
 */
final class ExpectedOfData implements Expected {
  private final Outputs specification;
  private final ProbeContext context;
  private @Nullable Feed feed;

  ExpectedOfData(Outputs specification, ProbeContext context) {
    this.specification = specification;
    this.context = context;
  }

  @Override
  public Map<String, Value> next(Batch batch, Map<String, Value> actual) {
    Feed open = feed;
    if (open == null) {
      open = open(batch.rows(), actual);
      feed = open;
    }
    Optional<Batch> same = open.next();
    if (same.isEmpty() || same.get().rows() != batch.rows()) {
      throw new ProbeException(
          "there are %s reference rows for %d rows at %s"
              .formatted(
                  same.map(b -> Integer.toString(b.rows())).orElse("no"),
                  batch.rows(),
                  batch.where(0)));
    }
    Map<String, Value> expected = new LinkedHashMap<>();
    same.get()
        .inputs()
        .forEach((name, tensor) -> expected.put(name, like(actual.get(name), tensor)));
    return expected;
  }

  /** Reference values in the structure that the output has. */
  private static Value like(@Nullable Value actual, Tensor expected) {
    if (!(actual instanceof Value.MapSequence maps)) {
      return expected;
    }
    List<Map<Object, Double>> rows = new ArrayList<>();
    int at = 0;
    for (Map<Object, Double> row : maps.rows()) {
      Map<Object, Double> values = new LinkedHashMap<>();
      for (Object key : row.keySet()) {
        values.put(key, at < expected.size() ? expected.getDouble(at) : Double.NaN);
        at++;
      }
      rows.add(values);
    }
    return new Value.MapSequence(rows);
  }

  private Feed open(int rows, Map<String, Value> actual) {
    List<ValueInfo> infos = new ArrayList<>();
    for (String name : specification.reference().keySet()) {
      infos.add(info(name, actual.get(name), rows));
    }
    DataSpec data = Inputs.with(specification.data(), specification.reference()).batch(rows);
    return Feeds.open(
        data,
        context::resolve,
        context.model().signature(),
        new Signature(infos, List.of(), List.of()),
        context.session().dimensions(),
        context.seed(),
        java.util.Set.of());
  }

  /** The type that the output has, with the dimensions that it had in the first call. */
  private ValueInfo info(String name, @Nullable Value actual, int rows) {
    if (actual instanceof Value.MapSequence maps && !maps.rows().isEmpty()) {
      return ValueInfo.tensor(
          name,
          ElementType.FLOAT64,
          List.of(Dim.free("rows"), Dim.fixed(maps.rows().get(0).size())));
    }
    if (!(actual instanceof Tensor tensor)) {
      throw new ProbeException(
          "the output '%s' is neither a tensor nor a sequence of maps, and cannot be compared with"
                  .formatted(name)
              + " reference values");
    }
    List<Dim> declared =
        context.model().signature().output(name).map(ValueInfo::shape).orElse(List.of());
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < tensor.rank(); axis++) {
      boolean free = axis >= declared.size() || declared.get(axis).isFree();
      boolean ofRows = axis == 0 && free && tensor.dim(0) == rows;
      dims.add(ofRows ? Dim.free("rows") : Dim.fixed(tensor.dim(axis)));
    }
    return ValueInfo.tensor(name, tensor.type(), dims);
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
  }
}
