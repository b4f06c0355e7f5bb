package org.modelvitals.data;

import org.modelvitals.model.Tensor;

/** Element i of n is i / n, as in the test data of ONNX's light models. */
final class RampFiller extends GeneratedFiller {
  RampFiller(Axes axes, InputSpec.Ramp spec) {
    super(axes, spec.shape(), false);
    requireFloating(axes, "ramp");
  }

  static void requireFloating(Axes axes, String keyword) {
    if (!axes.input().type().isFloating()) {
      throw new DataException(
          "%s: '%s' makes fractions, which only a floating-point input takes"
              .formatted(axes, keyword));
    }
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    int size = tensor.size();
    for (int i = 0; i < size; i++) {
      tensor.setDouble(i, (double) i / size);
    }
  }
}
