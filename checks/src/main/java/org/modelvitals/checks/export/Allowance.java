package org.modelvitals.checks.export;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;

/**
 * How far two numbers that should be equal may be from each other. What is declared is an absolute
 * bound. Without a declaration it is a share of what the numbers range over, because the rounding
 * of a sum grows with its terms: of the distance of a logit from the middle of those that matter,
 * which are the ones near the highest, or of their farthest from there where that is more. A token
 * that is masked with -1e9 must not excuse what happens to the others, nor must a constant that is
 * added to all logits and changes no probability. Such a constant costs places of the number that
 * is stored, and no more than a few of them are allowed for.
 *
 * @param declared the bound; null if none is declared
 * @param share the share, where no bound is declared
 * @param unit how far two neighbouring numbers are apart, in relation to their size
 */
public record Allowance(@Nullable Double declared, double share, double unit) {
  /** About a thousand units of rounding, which a network of many layers adds up to. */
  private static final double FLOAT32 = 1e-4;

  /** Fewer units, because sums are kept in float32 and rounded when they are stored. */
  private static final double FLOAT16 = 0.02;

  private static final double BFLOAT16 = 0.1;

  /** A last bit that differs moves a rounded activation by a whole step. */
  private static final double QUANTIZED = 0.02;

  /** How far neighbours are apart, in relation to their size: by the bits of their fractions. */
  private static final double FLOAT32_UNIT = 0x1p-23;

  private static final double FLOAT16_UNIT = 0x1p-10;
  private static final double BFLOAT16_UNIT = 0x1p-7;

  /** A step of eight bits that reach from zero to the largest. */
  private static final double QUANTIZED_UNIT = 0x1p-8;

  /** Both sides are rounded when their last terms are added, and when they are stored. */
  private static final int UNITS = 4;

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

  /** How far below the highest logit one was put there by a mask: those add -10,000 or less. */
  private static final double MASKED = 1000;

  /**
   * Operators whose scale is taken from all of their input. What they make of one row depends on
   * the others, which is a finding, and no rounding that is to be allowed for.
   */
  private static final Set<String> DYNAMIC =
      Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM");

  /**
   * What numbers may be apart that should have the same bits, on a device that does not see to it.
   */
  static Allowance of(double share) {
    return new Allowance(null, share, FLOAT32_UNIT);
  }

  /** Nothing but what is declared. */
  static Allowance declared(double tolerance) {
    return new Allowance(tolerance, 0, 0);
  }

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
    double unit =
        switch (precision) {
          case FLOAT16 -> FLOAT16_UNIT;
          case BFLOAT16 -> BFLOAT16_UNIT;
          default -> FLOAT32_UNIT;
        };
    boolean quantized =
        operators.stream().map(Allowance::simple).anyMatch(Allowance::quantizes)
            && dynamic(operators).isEmpty();
    return quantized
        ? new Allowance(declared, Math.max(share, QUANTIZED), Math.max(unit, QUANTIZED_UNIT))
        : new Allowance(declared, share, unit);
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
    double lowest = highest;
    for (double logit : expected) {
      if (logit > highest - MASKED) {
        lowest = Math.min(lowest, Math.max(logit, highest - NEAR));
      }
    }
    return new Bounds(this, lowest, highest);
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

  /**
   * The bounds for the logits after one token.
   *
   * @param lowest the lowest logit that matters, or where such logits end if there are lower ones
   * @param highest the highest logit
   */
  record Bounds(Allowance allowance, double lowest, double highest) {

    /** How far a logit may be from what is expected. */
    double within(double expected) {
      if (allowance.declared != null) {
        return allowance.declared;
      }
      double own = Double.isFinite(expected) ? expected : highest;
      double middle = (lowest + highest) / 2;
      double spread = Math.max(1, Math.max(highest - middle, Math.abs(own - middle)));
      double size = Math.max(Math.abs(own), Math.max(Math.abs(lowest), Math.abs(highest)));
      return Math.max(allowance.share * spread, UNITS * allowance.unit * size);
    }
  }
}
