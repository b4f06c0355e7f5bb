package org.modelvitals.data;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes one value of a row. */
final class CellChange {
  private CellChange() {}

  /**
   * Makes a change.
   *
   * @param other the value of another row
   * @throws Misfit with the end of a sentence, if the value cannot be changed so
   */
  static void apply(Perturbation step, Cell cell, SplittableRandom random, @Nullable Object other) {
    if (step instanceof Perturbation.Add add) {
      numbers(cell, "add", value -> value + add.value());
    } else if (step instanceof Perturbation.Scale scale) {
      numbers(cell, "scale", value -> value * scale.factor());
    } else if (step instanceof Perturbation.Jitter jitter) {
      numbers(cell, "jitter", value -> value + jitter.deviation() * random.nextGaussian());
    } else if (step instanceof Perturbation.Set set) {
      cell.set(set.value());
    } else if (step instanceof Perturbation.Permute) {
      put(cell, other);
    } else if (step instanceof Perturbation.Missing) {
      put(cell, cell.kind() == Cell.Kind.TEXT ? "" : null);
    } else {
      String text = text(cell);
      if (!text.isBlank()) {
        cell.set(TextChange.apply(step, text, random));
      }
    }
  }

  private static String text(Cell cell) {
    if (cell.kind() == Cell.Kind.ABSENT) {
      return "";
    }
    if (cell.toObject() instanceof String text) {
      return text;
    }
    throw new Misfit("%s, which is no text that could be changed".formatted(cell.toObject()));
  }

  private static void put(Cell cell, @Nullable Object value) {
    if (value instanceof String text) {
      cell.set(text);
      return;
    }
    cell.begin();
    if (value instanceof Long number) {
      cell.add((long) number);
    } else if (value instanceof Double number) {
      cell.add((double) number);
    } else {
      cell.addObject(value);
    }
  }

  /** Changes a number, or each of an array; a missing one stays missing. */
  private static void numbers(Cell cell, String keyword, DoubleUnaryOperator change) {
    switch (cell.kind()) {
      case TEXT -> {
        if (!cell.text().isBlank()) {
          cell.set(written(change.applyAsDouble(number(cell.text(), keyword))));
        }
      }
      case LONGS, DOUBLES -> {
        int size = cell.size();
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] =
              change.applyAsDouble(
                  cell.kind() == Cell.Kind.LONGS ? (double) cell.longs()[i] : cell.doubles()[i]);
        }
        long[] shape = cell.shape();
        System.arraycopy(
            values, 0, cell.fillDoubles(size, shape == null ? new long[] {size} : shape), 0, size);
      }
      case ABSENT -> {}
      default -> {
        if (cell.toObject() != null) {
          throw new Misfit("%s; '%s' needs a number".formatted(cell.toObject(), keyword));
        }
      }
    }
  }

  private static double number(String text, String keyword) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new Misfit("%s; '%s' needs a number".formatted(Wording.quoted(text), keyword));
    }
  }

  /** Whole numbers without a point, which inputs of whole numbers take. */
  private static String written(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
