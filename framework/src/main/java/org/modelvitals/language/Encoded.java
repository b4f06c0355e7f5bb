package org.modelvitals.language;

import java.util.EnumMap;
import java.util.Map;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** What an encoder made of a batch: its states [rows, places, width] and which places count. */
final class Encoded {
  private final Tensor states;
  private final Columns columns;
  private final Map<ElementType, Tensor> masks = new EnumMap<>(ElementType.class);

  Encoded(Tensor states, Columns columns) {
    this.states = states;
    this.columns = columns;
  }

  Tensor states() {
    return states;
  }

  Tensor mask(ElementType type) {
    return masks.computeIfAbsent(
        type,
        wanted -> {
          Tensor mask = Tensor.allocate(wanted, columns.rows(), columns.total());
          columns.fillMask(mask, 0, columns.total());
          return mask;
        });
  }
}
