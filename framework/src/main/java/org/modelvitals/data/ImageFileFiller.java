package org.modelvitals.data;

import java.nio.file.Path;
import java.util.List;
import org.modelvitals.model.Tensor;

/** Fills an input with one image, the same in every row. */
final class ImageFileFiller extends GeneratedFiller {
  private final ImageSteps steps;
  private final Picture picture;
  private final String file;

  ImageFileFiller(Axes axes, InputSpec.Image spec, String file, Path path) {
    super(axes, List.of(), false);
    this.file = file;
    this.steps = new ImageSteps(axes, spec);
    try {
      this.picture = steps.read(path);
    } catch (Misfit e) {
      throw new DataException("%s is fed %s".formatted(axes, e.getMessage()));
    }
  }

  @Override
  long free(int axis) {
    int fromEnd = axis - axes().rank() + 3;
    return fromEnd < 0 ? 1 : steps.shape(picture)[fromEnd];
  }

  @Override
  boolean firstAxisIsBatch() {
    return axes().rank() > 3;
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    int size = Math.toIntExact(Shapes.product(steps.shape(picture)));
    if (size == 0 || tensor.size() % size != 0 || !fits(tensor)) {
      throw new DataException(
          "%s takes %s, and the image %s has %s"
              .formatted(
                  axes(),
                  Wording.shape(tensor.shape()),
                  file,
                  Wording.shape(steps.shape(picture))));
    }
    for (int at = 0; at < tensor.size(); at += size) {
      steps.write(picture, tensor, at);
    }
  }

  /** Whether the last axes are those of the image, or those of one channel. */
  private boolean fits(Tensor tensor) {
    long[] shape = steps.shape(picture);
    long[] own = Shapes.withoutOnes(shape);
    long[] last = Shapes.withoutOnes(tensor.shape());
    int from = last.length - own.length;
    return from >= 0 && java.util.Arrays.equals(last, from, last.length, own, 0, own.length);
  }
}
