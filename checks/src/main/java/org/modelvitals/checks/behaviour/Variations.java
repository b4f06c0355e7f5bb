package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** Other values that an input could have. */
final class Variations {
  /** How much wider floating-point inputs are made, so that a threshold that is far off is met. */
  private static final double[] WIDER = {2, 20, 2000};

  private Variations() {}

  /**
   * Other values of one input; empty if none are known.
   *
   * @param source what it was made from; null for recorded samples
   */
  static List<Tensor> of(String name, Tensor tensor, @Nullable InputSpec source) {
    boolean drawn = source == null || source instanceof InputSpec.Random;
    if (tensor.size() == 0) {
      return List.of();
    }
    if (tensor.type() == ElementType.STRING) {
      return strings(tensor);
    } else if (tensor.type() == ElementType.BOOL) {
      return List.of(each(tensor, (i, old) -> 1 - old));
    } else if (tensor.type().isFloating() && drawn) {
      return wider(tensor);
    } else if (source instanceof InputSpec.Random random) {
      double count = Math.max(1, Math.ceil(random.high()) - random.low());
      return count < 2
          ? List.of()
          : List.of(
              each(tensor, (i, old) -> random.low() + (old - random.low() + 1) % count),
              each(
                  tensor,
                  (i, old) -> random.low() + (old - random.low() + 1 + i % (count - 1)) % count));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    int last = tensor.rank() == 0 ? 1 : (int) tensor.dim(-1);
    if (last > 1 && lower.contains("mask")) {
      return List.of(each(tensor, (i, old) -> i % last < last / 2 ? 0 : old));
    } else if (last > 1 && (lower.contains("position") || source == null)) {
      return List.of(
          each(tensor, (i, old) -> tensor.getDouble(i - i % last + last - 1 - i % last)));
    }
    return List.of();
  }

  /** Around the middle of what they are. */
  static List<Tensor> wider(Tensor tensor) {
    List<Tensor> wider = new ArrayList<>();
    double middle = 0;
    for (int i = 0; i < tensor.size(); i++) {
      middle += tensor.getDouble(i) / tensor.size();
    }
    double center = middle;
    wider.add(each(tensor, (i, old) -> 2 * center - old));
    for (double times : WIDER) {
      wider.add(each(tensor, (i, old) -> (old - center) * times));
    }
    return wider;
  }

  private static List<Tensor> strings(Tensor tensor) {
    String[] strings = tensor.strings();
    String[] other = new String[strings.length];
    for (int i = 0; i < strings.length; i++) {
      other[i] = strings[(i + 1) % strings.length] + "s";
    }
    return List.of(Tensor.ofStrings(other, tensor.shape()));
  }

  private interface Change {
    double of(int i, double old);
  }

  private static Tensor each(Tensor tensor, Change change) {
    Tensor copy = Tensors.copy(tensor);
    for (int i = 0; i < copy.size(); i++) {
      copy.setDouble(i, change.of(i, tensor.getDouble(i)));
    }
    return copy;
  }
}
