package org.modelvitals.checks.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.Accumulator;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.text.Nearest;
import org.modelvitals.unit.Unit;

/**
 * Samples what a model makes of rows: a number or text as it is; several numbers as a vector, by
 * the place of the largest, and, if they are few, each by itself.
 */
final class OutputTable implements Accumulator<OutputTable> {
  /** The most numbers of an output that are looked at one by one. */
  private static final int FEW = 16;

  /** How many values of a row are counted on when the sample is made. */
  private static final int USUAL = 64;

  private final List<String> wanted;
  private final RowSample<Map<String, @Nullable Object>> sample;

  OutputTable(List<String> wanted, long seed) {
    this.wanted = wanted;
    this.sample = new RowSample<>(seed, Table.size(USUAL));
  }

  @Override
  public void add(Batch batch, Map<String, Value> outputs) {
    for (String name : wanted) {
      if (!outputs.containsKey(name)) {
        throw new ProbeException(
            "the model has no output '%s'%s"
                .formatted(
                    name,
                    Nearest.to(name, outputs.keySet())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; it has " + String.join(", ", outputs.keySet()))));
      }
    }
    for (int row = 0; row < batch.rows(); row++) {
      int place = row;
      sample.add(batch.index(row), () -> row(outputs, place, batch.rows()));
    }
  }

  private Map<String, @Nullable Object> row(Map<String, Value> outputs, int row, int rows) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    outputs.forEach(
        (name, value) -> {
          if (wanted.isEmpty() || wanted.contains(name)) {
            if (value instanceof Tensor tensor) {
              add(values, name, tensor, row, rows);
            } else if (value instanceof Value.MapSequence maps && maps.rows().size() == rows) {
              addMap(values, name, maps.rows().get(row));
            }
          }
        });
    return values;
  }

  private static void add(
      Map<String, @Nullable Object> values, String name, Tensor tensor, int row, int rows) {
    boolean leading = tensor.rank() > 0 && tensor.dim(0) == rows;
    if (tensor.size() == 0 || (!leading && rows != 1)) {
      throw new ProbeException(
          "the output '%s' is %s for %d rows; name those to compare with 'outputs'"
              .formatted(name, tensor, rows));
    }
    int width = tensor.size() / rows;
    if (tensor.type() == org.modelvitals.model.ElementType.STRING) {
      if (width == 1) {
        values.put(name, tensor.strings()[row]);
      }
      return;
    }
    if (width == 1) {
      values.put(name, Plain.of(tensor.getDouble(row)));
      return;
    }
    double[] vector = new double[width];
    int largest = 0;
    for (int i = 0; i < width; i++) {
      vector[i] = tensor.getDouble(row * width + i);
      largest = vector[i] > vector[largest] ? i : largest;
    }
    values.put(name, vector);
    values.put("arg max of " + name, Integer.toString(largest));
    for (int i = 0; i < width && width <= FEW; i++) {
      values.put(name + "." + i, Plain.of(vector[i]));
    }
  }

  private static void addMap(
      Map<String, @Nullable Object> values, String name, Map<Object, Double> map) {
    Map<String, Double> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    String largest = "";
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> entry : sorted.entrySet()) {
      if (sorted.size() <= FEW) {
        values.put(name + "." + entry.getKey(), Plain.of(entry.getValue()));
      }
      if (entry.getValue() > most) {
        most = entry.getValue();
        largest = entry.getKey();
      }
    }
    values.put("arg max of " + name, largest);
  }

  @Override
  public void merge(OutputTable other) {
    sample.merge(other.sample);
  }

  Table table() {
    List<Map<String, @Nullable Object>> rows = sample.rows();
    List<String> names = rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
    List<@Nullable Object[]> cells = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      @Nullable Object[] values = new Object[names.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(names.get(i));
      }
      cells.add(values);
    }
    return new Table(names, Objects.requireNonNull(cells), sample.seen());
  }

  @Override
  public Reading finish() {
    return Reading.of(Measurement.exact("rows", (double) sample.seen(), Unit.NUMBER));
  }
}
