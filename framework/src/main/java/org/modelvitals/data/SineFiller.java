package org.modelvitals.data;

import org.modelvitals.model.Tensor;

/**
 * A sine tone along the last axis. Where the signature leaves its length free it is the declared
 * duration. Each row goes on where the one before it ended.
 */
final class SineFiller extends GeneratedFiller {
  private final InputSpec.Sine spec;

  SineFiller(Axes axes, InputSpec.Sine spec) {
    super(axes, java.util.List.of(), true);
    this.spec = spec;
    RampFiller.requireFloating(axes, "sine");
    if (spec.rate() <= 0 || !(spec.seconds() > 0) || Double.isInfinite(spec.seconds())) {
      throw new DataException(axes + ": 'sine' needs a positive, finite rate and duration");
    }
  }

  @Override
  long free(int axis) {
    return axis == axes().rank() - 1 ? Math.round(spec.seconds() * spec.rate()) : 1;
  }

  @Override
  boolean firstAxisIsBatch() {
    return axes().rank() > 1;
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    boolean perRow = perRow(tensor, rows) && rows > 0;
    int length = perRow ? tensor.size() / rows : tensor.size();
    for (int i = 0; i < tensor.size(); i++) {
      double sample = (double) firstRow * length + i;
      tensor.setDouble(
          i, spec.amplitude() * Math.sin(2 * Math.PI * spec.hz() * sample / spec.rate()));
    }
  }
}
