package org.modelvitals.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.text.Nearest;

/** Carries a state from an output of one call to an input of the next; it begins as zeros. */
final class FeedbackFiller extends GeneratedFiller {
  private final String output;
  private final TensorBuffer buffer;
  private @Nullable Tensor state;
  private boolean waiting;
  private int lanes;

  FeedbackFiller(Axes axes, InputSpec.Feedback spec, Signature signature) {
    super(axes, spec.shape(), false);
    this.output = spec.output();
    this.buffer = new TensorBuffer(axes);
    ValueInfo info =
        signature
            .output(output)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: the model has no output '%s' to feed back%s"
                            .formatted(axes, output, hint(signature))));
    if (!info.isTensor() || info.type() != axes.input().type()) {
      throw new DataException(
          "%s cannot be fed back from output '%s' %s: the types differ"
              .formatted(axes, output, info.description()));
    }
  }

  private String hint(Signature signature) {
    return Nearest.to(output, signature.outputs().stream().map(ValueInfo::name).toList())
        .map(near -> "; did you mean '" + near + "'?")
        .orElse("");
  }

  @Override
  public Tensor finish(long firstRow, int rows, Map<String, Long> sizes) {
    if (waiting) {
      throw new IllegalStateException(
          "the outputs of the last batch were not handed over, which '%s' needs"
              .formatted(axes().input().name()));
    }
    waiting = true;
    Tensor carried = state;
    if (carried == null) {
      lanes = rows;
      return super.finish(firstRow, rows, sizes);
    }
    if (rows != lanes) {
      throw new DataException(
          "%s carries the state of %d rows and the last batch has %d; set a limit that the batch divides"
              .formatted(axes(), lanes, rows));
    }
    return carried;
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    // A new tensor is zeros.
  }

  @Override
  public void feedback(Map<String, Value> outputs) {
    waiting = false;
    if (!(outputs.get(output) instanceof Tensor carried)) {
      throw new DataException(
          "%s: the output '%s' that is fed back was no tensor".formatted(axes(), output));
    }
    if (!axes().allows(carried.shape())) {
      throw new DataException(
          "%s: the output '%s' that is fed back has the shape %s"
              .formatted(axes(), output, Wording.shape(carried.shape())));
    }
    // Copied, because the output may lie in memory that the next call writes to.
    Tensor copy = buffer.shaped(carried.shape());
    if (carried.type() == ElementType.STRING) {
      System.arraycopy(carried.strings(), 0, copy.strings(), 0, carried.size());
    } else {
      copy.bytes().duplicate().clear().put(carried.bytes().duplicate().clear());
    }
    state = copy;
  }
}
