package org.modelvitals.data;

import java.util.List;
import org.modelvitals.model.Tensor;

/** Repeats one value, the values of a row, or gives the values of the whole tensor. */
final class ConstantFiller extends GeneratedFiller {
  private final List<String> values;

  ConstantFiller(Axes axes, InputSpec.Constant spec) {
    super(axes, spec.shape(), false);
    this.values = spec.values();
    if (values.isEmpty()) {
      throw new DataException(axes + ": 'constant' has no value");
    }
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    int count = values.size();
    int size = tensor.size();
    boolean fits =
        count == 1 || count == size || (tensor.rank() > 0 && count * tensor.dim(0) == size);
    if (!fits) {
      throw new DataException(
          "%s: 'constant' has %s, the tensor %s has %d; expected all, those of one row, or one"
              .formatted(
                  axes(), Wording.count(count, "value"), Wording.shape(tensor.shape()), size));
    }
    Conversions into = new Conversions(tensor, 1, "nan");
    for (int i = 0; i < size; i++) {
      try {
        into.write(values.get(i % count), i);
      } catch (Misfit e) {
        throw new DataException(
            "%s: 'constant' holds %s; expected %s"
                .formatted(axes(), e.getMessage(), ColumnsFiller.wanted(axes().input().type())));
      }
    }
  }
}
