package org.modelvitals.data;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** Changes the rows of one input tensor. */
final class ImageChange {
  /** The most channels of an image whose last axis they are. */
  private static final long CHANNELS = 4;

  private final Perturbation step;

  ImageChange(Perturbation step) {
    this.step = step;
  }

  /** One channel of an image, or a whole row of numbers, as the elements of a tensor. */
  private record Plane(int from, int height, int width, int rowStep, int step) {
    int at(int y, int x) {
      return from + y * rowStep + x * step;
    }

    /** The element at a place, or the one on the edge next to it. */
    double near(Tensor tensor, int y, int x) {
      return tensor.getDouble(
          at(Math.min(height - 1, Math.max(0, y)), Math.min(width - 1, Math.max(0, x))));
    }
  }

  /**
   * The input that is changed.
   *
   * @throws DataException if it is not clear which, or there is none
   */
  String input(Map<String, Tensor> inputs, int rows) {
    String wanted = name();
    boolean image = !(step instanceof Perturbation.Noise);
    List<String> possible =
        inputs.entrySet().stream()
            .filter(entry -> image ? isImage(entry.getValue(), rows) : isNumbers(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    String chosen = wanted == null && possible.size() == 1 ? possible.get(0) : wanted;
    if (chosen == null || !possible.contains(chosen)) {
      throw new DataException(
          "%s: %s%s"
              .formatted(
                  keyword(),
                  wanted == null
                      ? possible.isEmpty() ? "no input" : "more than one input"
                      : "the input '%s' is none that".formatted(wanted),
                  wanted == null
                      ? " %s%s"
                          .formatted(
                              image ? "is an image" : "holds numbers",
                              possible.isEmpty()
                                  ? ""
                                  : "; say 'input:' " + String.join(" or ", possible))
                      : image ? " is an image" : " holds numbers"));
    }
    return chosen;
  }

  private String keyword() {
    return step.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  private @Nullable String name() {
    if (step instanceof Perturbation.Shift shift) {
      return shift.input();
    } else if (step instanceof Perturbation.Rotate rotate) {
      return rotate.input();
    } else if (step instanceof Perturbation.Flip flip) {
      return flip.input();
    } else if (step instanceof Perturbation.Brightness brightness) {
      return brightness.input();
    } else if (step instanceof Perturbation.Contrast contrast) {
      return contrast.input();
    } else if (step instanceof Perturbation.Blur blur) {
      return blur.input();
    }
    return step instanceof Perturbation.Noise noise ? noise.input() : null;
  }

  private static boolean isNumbers(Tensor tensor) {
    return tensor.type().isFloating();
  }

  private static boolean isImage(Tensor tensor, int rows) {
    long[] shape = rowShape(tensor, rows);
    return tensor.type() != ElementType.STRING
        && tensor.type() != ElementType.BOOL
        && shape.length >= 2
        && tensor.size() > 0
        && height(shape) > 1
        && width(shape) > 1;
  }

  private static long[] rowShape(Tensor tensor, int rows) {
    long[] shape = tensor.shape();
    return shape.length > 0 && shape[0] == rows
        ? java.util.Arrays.copyOfRange(shape, 1, shape.length)
        : shape;
  }

  private static boolean channelsLast(long[] shape) {
    int last = shape.length - 1;
    return shape.length == 3 && shape[last] <= CHANNELS && shape[0] > CHANNELS;
  }

  private static int height(long[] shape) {
    return (int) (channelsLast(shape) ? shape[0] : shape[shape.length - 2]);
  }

  private static int width(long[] shape) {
    return (int) (channelsLast(shape) ? shape[1] : shape[shape.length - 1]);
  }

  /** Changes every row. */
  void apply(Tensor tensor, int rows, IntFunction<SplittableRandom> random) {
    int length = tensor.size() / Math.max(1, rows);
    long[] shape = rowShape(tensor, rows);
    for (int row = 0; row < rows; row++) {
      int from = row * length;
      if (step instanceof Perturbation.Noise) {
        change(tensor, new Plane(from, 1, length, length, 1), random.apply(row));
        continue;
      }
      int height = height(shape);
      int width = width(shape);
      int planes = length / (height * width);
      for (int plane = 0; plane < planes; plane++) {
        change(
            tensor,
            channelsLast(shape)
                ? new Plane(from + plane, height, width, width * planes, planes)
                : new Plane(from + plane * height * width, height, width, width, 1),
            random.apply(row));
      }
    }
  }

  private void change(Tensor tensor, Plane plane, SplittableRandom random) {
    double[] changed = new double[plane.height * plane.width];
    double mean = step instanceof Perturbation.Contrast ? mean(tensor, plane) : 0;
    for (int y = 0; y < plane.height; y++) {
      for (int x = 0; x < plane.width; x++) {
        changed[y * plane.width + x] = value(tensor, plane, y, x, mean, random);
      }
    }
    boolean whole = !tensor.type().isFloating();
    for (int y = 0; y < plane.height; y++) {
      for (int x = 0; x < plane.width; x++) {
        double value = changed[y * plane.width + x];
        tensor.setDouble(plane.at(y, x), whole ? Math.rint(value) : value);
      }
    }
  }

  private double value(
      Tensor tensor, Plane plane, int y, int x, double mean, SplittableRandom random) {
    if (step instanceof Perturbation.Shift shift) {
      return plane.near(tensor, y - shift.y(), x - shift.x());
    } else if (step instanceof Perturbation.Rotate rotate) {
      return rotated(tensor, plane, y, x, Math.toRadians(rotate.degrees()));
    } else if (step instanceof Perturbation.Flip flip) {
      return flip.axis() == Perturbation.Flip.Axis.HORIZONTAL
          ? plane.near(tensor, y, plane.width - 1 - x)
          : plane.near(tensor, plane.height - 1 - y, x);
    } else if (step instanceof Perturbation.Blur blur) {
      return blurred(tensor, plane, y, x, blur.deviation());
    }
    double old = plane.near(tensor, y, x);
    if (step instanceof Perturbation.Brightness brightness) {
      return within(old + brightness.add(), brightness.low(), brightness.high());
    } else if (step instanceof Perturbation.Contrast contrast) {
      return within(mean + (old - mean) * contrast.factor(), contrast.low(), contrast.high());
    } else if (step instanceof Perturbation.Noise noise) {
      return within(old + noise.deviation() * random.nextGaussian(), noise.low(), noise.high());
    }
    throw new IllegalStateException(step + " changes no input");
  }

  private static double within(double value, @Nullable Double low, @Nullable Double high) {
    double bounded = low == null ? value : Math.max(low, value);
    return high == null ? bounded : Math.min(high, bounded);
  }

  private static double mean(Tensor tensor, Plane plane) {
    double sum = 0;
    for (int y = 0; y < plane.height; y++) {
      for (int x = 0; x < plane.width; x++) {
        sum += tensor.getDouble(plane.at(y, x));
      }
    }
    return sum / (plane.height * plane.width);
  }

  /** Where the pixel came from, between four others. */
  private static double rotated(Tensor tensor, Plane plane, int y, int x, double angle) {
    double middleY = (plane.height - 1) / 2.0;
    double middleX = (plane.width - 1) / 2.0;
    double down = y - middleY;
    double right = x - middleX;
    double fromX = middleX + Math.cos(angle) * right - Math.sin(angle) * down;
    double fromY = middleY + Math.sin(angle) * right + Math.cos(angle) * down;
    int left = (int) Math.floor(fromX);
    int top = (int) Math.floor(fromY);
    double over = fromX - left;
    double under = fromY - top;
    return (1 - under)
            * ((1 - over) * plane.near(tensor, top, left)
                + over * plane.near(tensor, top, left + 1))
        + under
            * ((1 - over) * plane.near(tensor, top + 1, left)
                + over * plane.near(tensor, top + 1, left + 1));
  }

  private static double blurred(Tensor tensor, Plane plane, int y, int x, double deviation) {
    int reach = (int) Math.ceil(3 * deviation);
    double sum = 0;
    double weights = 0;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        double weight = Math.exp(-(dy * dy + dx * dx) / (2 * deviation * deviation));
        sum += weight * plane.near(tensor, y + dy, x + dx);
        weights += weight;
      }
    }
    return sum / weights;
  }
}
