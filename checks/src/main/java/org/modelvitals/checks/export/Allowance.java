package org.modelvitals.checks.export;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;

/**
 * How far two numbers that should be equal may be from each other. What is declared is an absolute
 * bound. Without a declaration it is a share of the largest of the numbers beside them, because the
 * rounding of a sum grows with its terms.
 *
 * @param declared the bound; null if none is declared
 * @param share the share, where no bound is declared
 */
record Allowance(@Nullable Double declared, double share) {
  /** About a thousand units of rounding, which a network of many layers adds up to. */
  private static final double FLOAT32 = 1e-4;

  /** Fewer units, because sums are kept in float32 and rounded when they are stored. */
  private static final double FLOAT16 = 0.02;

  private static final double BFLOAT16 = 0.1;

  /** A last bit that differs moves a rounded activation by a whole step. */
  private static final double QUANTIZED = 0.02;

  private static final Set<String> QUANTIZING =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "MatMulNBits",
          "MatMulInteger",
          "QLinearMatMul",
          "QMoE",
          "QAttention",
          "QGemm");

  /**
   * Operators whose scale is taken from all of their input. What they make of one row depends on
   * the others, which is a finding, and no rounding that is to be allowed for.
   */
  private static final Set<String> DYNAMIC =
      Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM");

  /** Refuses a declared tolerance that allows nothing, not even what is equal. */
  static void require(@Nullable Double tolerance) {
    if (tolerance != null && !(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be at least 0, not " + tolerance);
    }
  }

  /**
   * What is declared, or what the rounding of a model can explain.
   *
   * @param precision the coarsest type that it computes in
   * @param operators those of its graph
   */
  static Allowance of(
      @Nullable Double declared, ElementType precision, Collection<String> operators) {
    double share =
        switch (precision) {
          case FLOAT16 -> FLOAT16;
          case BFLOAT16 -> BFLOAT16;
          default -> FLOAT32;
        };
    boolean quantized =
        operators.stream().map(Allowance::simple).anyMatch(QUANTIZING::contains)
            && dynamic(operators).isEmpty();
    return new Allowance(declared, quantized ? Math.max(share, QUANTIZED) : share);
  }

  /** Which of these operators quantise by the whole of their input. */
  static Set<String> dynamic(Collection<String> operators) {
    return operators.stream()
        .filter(operator -> DYNAMIC.contains(simple(operator)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An operator without its domain: the runtime has some of them in a domain of its own. */
  private static String simple(String operator) {
    return operator.substring(operator.lastIndexOf(':') + 1);
  }

  /** The bound for a vector whose largest finite magnitude is {@code largest}. */
  double within(double largest) {
    return declared != null ? declared : share * Math.max(1, largest);
  }
}
