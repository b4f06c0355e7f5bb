package org.modelvitals.checks.export;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;

/**
 * How far two numbers that should be equal may be from each other. What is declared is an absolute
 * bound. Without a declaration it is a share of the numbers themselves, because the rounding of a
 * sum grows with its terms: of the largest logit among those that matter, which are the ones near
 * the highest, or of a logit itself where that is more. A token that is masked with -1e9 must not
 * excuse what happens to the others.
 *
 * @param declared the bound; null if none is declared
 * @param share the share, where no bound is declared
 */
public record Allowance(@Nullable Double declared, double share) {
  /** About a thousand units of rounding, which a network of many layers adds up to. */
  private static final double FLOAT32 = 1e-4;

  /** Fewer units, because sums are kept in float32 and rounded when they are stored. */
  private static final double FLOAT16 = 0.02;

  private static final double BFLOAT16 = 0.1;

  /** A last bit that differs moves a rounded activation by a whole step. */
  private static final double QUANTIZED = 0.02;

  /**
   * Operators that quantise activations, or do where the runtime chooses to (the last two). Weights
   * that are stored in eight bits and computed with in floats round as floats do.
   */
  private static final Set<String> QUANTIZING =
      Set.of(
          "QuantizeLinear",
          "MatMulInteger",
          "ConvInteger",
          "QAttention",
          "QGemm",
          "MatMulNBits",
          "QMoE");

  private static final String QUANTIZED_OPERATOR = "QLinear";

  /** How far below the highest logit one still matters: e to the minus this is its odds. */
  private static final double NEAR = 30;

  /**
   * Operators whose scale is taken from all of their input. What they make of one row depends on
   * the others, which is a finding, and no rounding that is to be allowed for.
   */
  private static final Set<String> DYNAMIC =
      Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM");

  /** Refuses a declared tolerance that allows nothing, not even what is equal, or everything. */
  public static void require(@Nullable Double tolerance) {
    if (tolerance != null && !(tolerance >= 0 && Double.isFinite(tolerance))) {
      throw new IllegalArgumentException(
          "tolerance must be a finite number of at least 0, not " + tolerance);
    }
  }

  /**
   * What is declared, or what the rounding of a model can explain.
   *
   * @param precision the coarsest type that it computes in
   * @param operators those of its graph
   */
  public static Allowance of(
      @Nullable Double declared, ElementType precision, Collection<String> operators) {
    double share =
        switch (precision) {
          case FLOAT16 -> FLOAT16;
          case BFLOAT16 -> BFLOAT16;
          default -> FLOAT32;
        };
    boolean quantized =
        operators.stream().map(Allowance::simple).anyMatch(Allowance::quantizes)
            && dynamic(operators).isEmpty();
    return new Allowance(declared, quantized ? Math.max(share, QUANTIZED) : share);
  }

  private static boolean quantizes(String operator) {
    return QUANTIZING.contains(operator) || operator.startsWith(QUANTIZED_OPERATOR);
  }

  /** Which of these operators quantise by the whole of their input. */
  public static Set<String> dynamic(Collection<String> operators) {
    return operators.stream()
        .filter(operator -> DYNAMIC.contains(simple(operator)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An operator without its domain: the runtime has some of them in a domain of its own. */
  private static String simple(String operator) {
    return operator.substring(operator.lastIndexOf(':') + 1);
  }

  /** The bounds for the logits after one token. */
  Bounds of(double[] expected) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double logit : expected) {
      highest = Math.max(highest, logit);
    }
    double scale = 1;
    for (double logit : expected) {
      if (logit >= highest - NEAR && Double.isFinite(logit)) {
        scale = Math.max(scale, Math.abs(logit));
      }
    }
    return new Bounds(declared, share, scale);
  }

  /**
   * Whether a declared bound is so wide that next to no other logits would break it: half of what
   * those after one token range over, or more.
   */
  boolean isTooWideFor(double[] expected) {
    if (declared == null || declared == 0) {
      return false;
    }
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double logit : expected) {
      highest = Math.max(highest, logit);
      lowest = Double.isFinite(logit) ? Math.min(lowest, logit) : lowest;
    }
    return declared >= (highest - lowest) / 2;
  }

  /** The bounds for the logits after one token. */
  record Bounds(@Nullable Double declared, double share, double scale) {

    /** How far a logit may be from what is expected. */
    double within(double expected) {
      if (declared != null) {
        return declared;
      }
      double own = Double.isFinite(expected) ? Math.abs(expected) : 0;
      return share * Math.max(scale, own);
    }
  }
}
