package org.modelvitals.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.modelvitals.model.Tensor;

/** Fills an input with the images that a column names, relative to the dataset's folder. */
final class ImageColumnFiller implements InputFiller.OfRows {
  private final Axes axes;
  private final RowSource source;
  private final String column;
  private final int index;
  private final Path folder;
  private final ImageSteps steps;
  private final RowStack stack;

  ImageColumnFiller(Axes axes, RowSource source, InputSpec.Image spec, String column, Path folder) {
    this.axes = axes;
    this.source = source;
    this.column = column;
    this.index = source.columns().require(column, source.name());
    this.folder = folder;
    this.steps = new ImageSteps(axes, spec);
    this.stack = new RowStack(axes, List.of());
  }

  @Override
  public Axes axes() {
    return axes;
  }

  @Override
  public Stacking fit(Row first, boolean whole) {
    Picture picture = read(first);
    long[] shape = steps.shape(picture);
    return stack.fit(whole, Math.toIntExact(Shapes.product(shape)), shape);
  }

  @Override
  public void begin(int capacity) {
    stack.begin(capacity);
  }

  @Override
  public void add(Row row) {
    Picture picture = read(row);
    long[] shape = steps.shape(picture);
    try {
      stack.require(Math.toIntExact(Shapes.product(shape)), shape);
    } catch (Misfit e) {
      throw new DataException(
          "%s: the image is %d x %d pixels, which are %s"
              .formatted(where(row), picture.width(), picture.height(), e.getMessage()));
    }
    steps.write(picture, stack.tensor(), stack.place());
  }

  private Picture read(Row row) {
    if (!(row.cell(index).toObject() instanceof String file) || file.isBlank()) {
      throw new DataException(
          "%s: column '%s' holds no file name; %s takes an image"
              .formatted(where(row), column, axes));
    }
    try {
      return steps.read(folder.resolve(file.strip()));
    } catch (Misfit | java.nio.file.InvalidPathException e) {
      throw new DataException(
          "%s: column '%s' names %s".formatted(where(row), column, e.getMessage()));
    }
  }

  private String where(Row row) {
    return source.where(source.name(), row.position());
  }

  @Override
  public Tensor finish(long firstRow, int rows, Map<String, Long> sizes) {
    return stack.finish();
  }
}
