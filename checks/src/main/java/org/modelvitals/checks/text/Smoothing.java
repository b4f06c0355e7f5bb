package org.modelvitals.checks.text;

import java.util.Locale;

/**
 * What BLEU does where no n-gram of an order matches (Chen and Cherry 2014, A systematic comparison
 * of smoothing techniques for sentence-level BLEU).
 *
 * @param value what {@code FLOOR} and {@code ADD_K} add; the others ignore it
 */
public record Smoothing(Method method, double value) {

  /** sacreBLEU's default, that of mteval-v13a. */
  public static final Smoothing EXP = new Smoothing(Method.EXP, 0);

  public static final Smoothing NONE = new Smoothing(Method.NONE, 0);

  /** The methods of the paper, by sacreBLEU's names. */
  public enum Method {
    NONE,
    /** Method 1: a small count in place of none. */
    FLOOR,
    /** Method 2: more matches and more n-grams, of all orders but the first. */
    ADD_K,
    /** Method 3: half as much as for the order before that had no match. */
    EXP
  }

  /** {@code Method.FLOOR} with sacreBLEU's default, 0.1. */
  public static Smoothing floor() {
    return new Smoothing(Method.FLOOR, 0.1);
  }

  /** {@code Method.ADD_K} with sacreBLEU's default, 1. */
  public static Smoothing addOne() {
    return new Smoothing(Method.ADD_K, 1);
  }

  String signature() {
    return switch (method) {
      case NONE -> "none";
      case EXP -> "exp";
      case FLOOR -> String.format(Locale.ROOT, "floor[%.2f]", value);
      case ADD_K -> String.format(Locale.ROOT, "add-k[%.2f]", value);
    };
  }
}
