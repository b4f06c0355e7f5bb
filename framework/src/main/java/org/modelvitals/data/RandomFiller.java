package org.modelvitals.data;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/**
 * Independent uniform values. A row's values follow from the seed, the input's name and the row's
 * number alone, so that they do not depend on the batch size.
 */
final class RandomFiller extends GeneratedFiller {
  private final InputSpec.Random spec;
  private final long seed;

  RandomFiller(Axes axes, InputSpec.Random spec, long runSeed) {
    super(axes, spec.shape(), true);
    this.spec = spec;
    long own = spec.seed() == null ? runSeed : spec.seed();
    CRC32C name = new CRC32C();
    name.update(axes.input().name().getBytes(StandardCharsets.UTF_8));
    this.seed = new SplittableRandom(own).nextLong() ^ (name.getValue() << 16);
    if (axes.input().type() == ElementType.STRING) {
      throw new DataException(axes + ": 'random' makes numbers, the input takes texts");
    }
    if (!(spec.low() < spec.high()) || Double.isInfinite(spec.high() - spec.low())) {
      throw new DataException(
          "%s: 'random' needs low < high, both finite, found %s and %s"
              .formatted(axes, spec.low(), spec.high()));
    }
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    int parts = perRow(tensor, rows) ? Math.max(1, rows) : 1;
    int length = tensor.size() / parts;
    for (int part = 0; part < parts; part++) {
      SplittableRandom random = new SplittableRandom(seed + firstRow + part);
      for (int i = part * length; i < (part + 1) * length; i++) {
        set(tensor, i, random);
      }
    }
  }

  private void set(Tensor tensor, int i, SplittableRandom random) {
    if (tensor.type() == ElementType.BOOL) {
      tensor.setLong(i, random.nextBoolean() ? 1 : 0);
    } else if (tensor.type().isFloating()) {
      tensor.setDouble(i, random.nextDouble(spec.low(), spec.high()));
      if (tensor.getDouble(i) >= spec.high()) { // rounded up to the bound that is excluded
        tensor.setDouble(i, spec.low());
      }
    } else {
      tensor.setLong(i, (long) Math.floor(random.nextDouble(spec.low(), spec.high())));
    }
  }
}
