package org.modelvitals.checks.export;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
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

/**
 * A language model by a formula, with a cache, and with diseases to order: the logits after a token
 * are a sum over the tokens that it sees, each weighted by its position or its distance.
 */
final class FormulaModel implements Model {
  static final int VOCABULARY = 12;

  private final Path file;
  private final Set<Disease> diseases;
  private final IntUnaryOperator positions;
  private final boolean relative;
  private final Random random = new Random(7);

  enum Disease {
    SEES_NEXT,
    IGNORES_MASK,
    FORGETS_PAST,
    NO_CHUNKS,
    BATCH_LEAK,
    NOISE,
    LAST_ONLY,
    NAN,
    INFINITE,
    /** One token's logit is as low as masks make it. */
    MASKED_TOKEN,
    /** No number after the thirtieth token. */
    LATE_NAN,
    /** No number wherever token 7 is seen. */
    NAN_TOKEN,
    /** Positions are one off once the cache is long. */
    LATE_SLIP,
    NAN_WHERE_PADDED,
    /** Each token sees itself only. */
    DEAF,
    /** Each token sees itself and the one before, as a short convolution does. */
    SHORT_REACH,
    /** A call takes one token. */
    ONE_TOKEN
  }

  /**
   * @param relative whether distances of tokens count, instead of positions
   * @param positions what becomes of a position before it is used
   */
  FormulaModel(Path file, boolean relative, IntUnaryOperator positions, Disease... diseases) {
    this.file = file;
    this.relative = relative;
    this.positions = positions;
    this.diseases = EnumSet.noneOf(Disease.class);
    this.diseases.addAll(List.of(diseases));
  }

  static FormulaModel with(Disease... diseases) {
    return new FormulaModel(Path.of("formula.onnx"), false, p -> p, diseases);
  }

  private boolean has(Disease disease) {
    return diseases.contains(disease);
  }

  private static ValueInfo value(String name, ElementType type, Dim... dims) {
    return ValueInfo.tensor(name, type, List.of(dims));
  }

  @Override
  public Signature signature() {
    Dim batch = Dim.free("batch");
    Dim sequence = has(Disease.ONE_TOKEN) ? Dim.fixed(1) : Dim.free("sequence");
    return new Signature(
        List.of(
            value("input_ids", ElementType.INT64, batch, sequence),
            value("attention_mask", ElementType.INT64, batch, Dim.free("total")),
            value("position_ids", ElementType.INT64, batch, sequence),
            value("past_0", ElementType.FLOAT32, batch, Dim.free("past"), Dim.fixed(2))),
        List.of(),
        List.of(
            has(Disease.LAST_ONLY)
                ? value("logits", ElementType.FLOAT32, batch, Dim.fixed(VOCABULARY))
                : value("logits", ElementType.FLOAT32, batch, sequence, Dim.fixed(VOCABULARY)),
            value("present_0", ElementType.FLOAT32, batch, Dim.free("total"), Dim.fixed(2))));
  }

  @Override
  public Map<String, Value> run(Map<String, Tensor> inputs) {
    Tensor ids = Objects.requireNonNull(inputs.get("input_ids"));
    Tensor mask = Objects.requireNonNull(inputs.get("attention_mask"));
    Tensor places = Objects.requireNonNull(inputs.get("position_ids"));
    Tensor past = Objects.requireNonNull(inputs.get("past_0"));
    int rows = (int) ids.dim(0);
    int added = (int) ids.dim(1);
    int before = (int) past.dim(1);
    int total = before + added;
    if (has(Disease.NO_CHUNKS) && before > 0 && added > 1) {
      throw new ModelException(ModelException.Reason.RUN_FAILED, "shapes do not match");
    }
    Tensor present = Tensor.allocate(ElementType.FLOAT32, rows, total, 2);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < total; i++) {
        boolean old = i < before;
        int at = (row * total + i) * 2;
        int from = old ? (row * before + i) * 2 : row * added + i - before;
        present.setDouble(at, old ? past.getDouble(from) : (double) ids.getLong(from));
        present.setDouble(
            at + 1,
            old
                ? past.getDouble(from + 1)
                : positions.applyAsInt((int) places.getLong(from))
                    + (has(Disease.LATE_SLIP) && before > 26 ? 1 : 0));
      }
    }
    Tensor logits =
        has(Disease.LAST_ONLY)
            ? Tensor.allocate(ElementType.FLOAT32, rows, VOCABULARY)
            : Tensor.allocate(ElementType.FLOAT32, rows, added, VOCABULARY);
    double mean = 0;
    for (int i = 0; i < ids.size(); i++) {
      mean += (double) ids.getLong(i) / ids.size();
    }
    for (int row = 0; row < rows; row++) {
      for (int i = has(Disease.LAST_ONLY) ? added - 1 : 0; i < added; i++) {
        int out = (has(Disease.LAST_ONLY) ? row : row * added + i) * VOCABULARY;
        for (int token = 0; token < VOCABULARY; token++) {
          double logit = logit(token, row, before + i, total, before, mask, present);
          logit += has(Disease.BATCH_LEAK) && rows > 1 ? mean / 10 : 0;
          logit += has(Disease.NOISE) ? random.nextDouble() : 0;
          logit = has(Disease.MASKED_TOKEN) && token == 0 ? -1e9 : logit;
          logit = has(Disease.INFINITE) && token == 0 ? Double.POSITIVE_INFINITY : logit;
          boolean none = has(Disease.NAN) || (has(Disease.LATE_NAN) && before + i > 30);
          logits.setDouble(out + token, none ? Double.NaN : logit);
        }
      }
    }
    return Map.of("logits", logits, "present_0", present);
  }

  private double logit(
      int token, int row, int at, int total, int before, Tensor mask, Tensor present) {
    double here = present.getDouble((row * total + at) * 2 + 1);
    int last = has(Disease.SEES_NEXT) ? Math.min(total - 1, at + 1) : at;
    double sum = 0;
    int reach = has(Disease.DEAF) ? 0 : has(Disease.SHORT_REACH) ? 1 : at;
    int first = Math.max(at - reach, has(Disease.FORGETS_PAST) ? before : 0);
    for (int i = first; i <= last; i++) {
      boolean seen = mask.getLong(row * total + i) == 1;
      if (!seen && has(Disease.NAN_WHERE_PADDED)) {
        return Double.NaN;
      }
      if (seen || has(Disease.IGNORES_MASK)) {
        double id = present.getDouble((row * total + i) * 2);
        if (has(Disease.NAN_TOKEN) && id == 7) {
          return Double.NaN;
        }
        double place = present.getDouble((row * total + i) * 2 + 1);
        double weight = relative ? Math.exp(place - here) : 0.1 + 1 / (2 + place);
        sum += weight * Math.sin((id + 1) * (token + 2));
      }
    }
    return sum;
  }

  @Override
  public ModelFile file() {
    return new ModelFile(file, "", 0);
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
