package org.modelvitals.checks.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;

/** A language model whose next token depends on the last one alone, by a table of probabilities. */
final class TableModel implements Model {
  private final Path file;
  private final List<double[]> table;
  private final int width;
  private boolean lastOnly;
  private ElementType type = ElementType.FLOAT64;
  private Dim rows = Dim.free("batch");
  private int most = Integer.MAX_VALUE;
  int calls;

  TableModel(Path file, double[]... table) {
    this.file = file;
    this.table = List.of(table);
    this.width = table[0].length;
  }

  /** The model gives logits after the last token of a text only. */
  TableModel lastOnly() {
    lastOnly = true;
    return this;
  }

  /** The model gives its logits in float16. */
  TableModel half() {
    type = ElementType.FLOAT16;
    return this;
  }

  /** The model takes this many rows and no other number. */
  TableModel fixedRows(int count) {
    rows = Dim.fixed(count);
    return this;
  }

  /** The model breaks on more tokens than these. */
  TableModel breakingFrom(int places) {
    most = places;
    return this;
  }

  @Override
  public ModelFile file() {
    return new ModelFile(file, "", 0);
  }

  @Override
  public Signature signature() {
    List<Dim> tokens = List.of(rows, Dim.free("sequence"));
    List<Dim> logits =
        lastOnly
            ? List.of(rows, Dim.fixed(width))
            : List.of(rows, Dim.free("sequence"), Dim.fixed(width));
    return new Signature(
        List.of(ValueInfo.tensor("input_ids", ElementType.INT64, tokens)),
        List.of(),
        List.of(ValueInfo.tensor("logits", type, logits)));
  }

  @Override
  public DeviceSpec device() {
    return DeviceSpec.CPU;
  }

  @Override
  public SessionSpec session() {
    return SessionSpec.DEFAULT;
  }

  @Override
  public Map<String, Value> run(Map<String, Tensor> inputs) {
    calls++;
    Tensor ids = Objects.requireNonNull(inputs.get("input_ids"));
    int places = (int) ids.dim(1);
    if (places > most) {
      throw new ModelException(ModelException.Reason.RUN_FAILED, places + " tokens are too many");
    }
    if (!rows.isFree() && ids.dim(0) != rows.size()) {
      throw new ModelException(ModelException.Reason.RUN_FAILED, "wrong number of rows");
    }
    int first = lastOnly ? places - 1 : 0;
    Tensor logits =
        lastOnly
            ? Tensor.allocate(type, ids.dim(0), width)
            : Tensor.allocate(type, ids.dim(0), places, width);
    int at = 0;
    for (int i = 0; i < ids.size(); i++) {
      if (i % places < first) {
        continue;
      }
      double[] row = table.get((int) ids.getLong(i));
      for (int j = 0; j < width; j++) {
        logits.setDouble(at++, Math.log(row[j]) + 3);
      }
    }
    return Map.of("logits", logits);
  }

  @Override
  public Call prepare(Map<String, Tensor> inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Placement> placement() {
    return Optional.empty();
  }

  @Override
  public void interrupt() {}

  @Override
  public void close() {}
}
