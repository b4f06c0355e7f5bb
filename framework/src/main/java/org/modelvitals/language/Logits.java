package org.modelvitals.language;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/**
 * Logits of a batch, read where the runtime wrote them: the next call of the model that they came
 * from writes over them. Positions count a row's own tokens in that call from 0, padding left out;
 * what stands at position i is the distribution of the token after it.
 */
public final class Logits {
  private final Tensor tensor;
  private final @Nullable FloatBuffer floats;
  private final int[] first;
  private final int[] counts;
  private final int places;
  private final int vocabulary;
  private final Scratch copy;

  /**
   * @param tensor [rows, places, vocabulary], or of that many elements
   * @param floats the same memory, if it holds float32
   * @param copy room for the logits of one position, if they are float32
   * @param first the place of each row's first token
   * @param counts how many tokens each row has
   * @param places how many places each row has in the tensor: all that were fed, or only the last
   */
  Logits(
      Tensor tensor,
      @Nullable FloatBuffer floats,
      Scratch copy,
      int[] first,
      int[] counts,
      int places,
      int vocabulary) {
    this.tensor = tensor;
    this.floats = floats;
    this.copy = copy;
    this.first = first;
    this.counts = counts;
    this.places = places;
    this.vocabulary = vocabulary;
  }

  Tensor tensor() {
    return tensor;
  }

  public int rows() {
    return counts.length;
  }

  /** How many tokens the row had in this call, each with a distribution after it. */
  public int positions(int row) {
    return counts[row];
  }

  /**
   * The first position of a row that has logits: 0, or the last one if the model gives logits after
   * the last token only.
   */
  public int firstPosition(int row) {
    return places == 1 ? Math.max(0, counts[row] - 1) : 0;
  }

  public int vocabulary() {
    return vocabulary;
  }

  /** The type that the model gives its logits in. */
  public ElementType type() {
    return tensor.type();
  }

  public double get(int row, int position, int token) {
    return value(start(row, position) + requireToken(token));
  }

  private int requireToken(long token) {
    if (token < 0 || token >= vocabulary) {
      throw new IndexOutOfBoundsException(
          "there is no token %d in a vocabulary of %d".formatted(token, vocabulary));
    }
    return (int) token;
  }

  /** Copies the logits of one position; {@code into} has room for the vocabulary. */
  public void read(int row, int position, double[] into) {
    int start = start(row, position);
    for (int i = 0; i < vocabulary; i++) {
      into[i] = value(start + i);
    }
  }

  /**
   * The natural logarithm of the probability that {@code token} follows the position: its logit
   * less the logarithm of the sum of all exponentials, in double precision.
   */
  public double logProbability(int row, int position, long token) {
    return value(start(row, position) + requireToken(token)) - logSumExp(row, position);
  }

  /**
   * The logarithm of the sum of all exponentials after a position: finite unless a logit is NaN or
   * +Infinity, or all are -Infinity.
   */
  double logSumExp(int row, int position) {
    int start = start(row, position);
    return floats != null ? logSumExp(floats, start) : logSumExp(start);
  }

  /**
   * How many logits after a position leave no distribution: those that are NaN or +Infinity. A
   * token of -Infinity is a masked one and no fault, unless all are; then all are counted.
   */
  public int nonFinite(int row, int position) {
    int start = start(row, position);
    return NextTokens.faults(vocabulary, token -> value(start + token));
  }

  /** Over a copy: loops over an array are compiled better than those over a buffer. */
  private double logSumExp(FloatBuffer memory, int start) {
    float[] logits = copy.of(vocabulary);
    memory.get(start, logits);
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    // Two sums, so that one addition does not wait for the other.
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 1 < logits.length; i += 2) {
      even += Math.exp((double) logits[i] - largest);
      odd += Math.exp((double) logits[i + 1] - largest);
    }
    if (i < logits.length) {
      even += Math.exp((double) logits[i] - largest);
    }
    return largest + Math.log(even + odd);
  }

  private double logSumExp(int start) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = start; i < start + vocabulary; i++) {
      largest = Math.max(largest, tensor.getDouble(i));
    }
    double sum = 0;
    for (int i = start; i < start + vocabulary; i++) {
      sum += Math.exp(tensor.getDouble(i) - largest);
    }
    return largest + Math.log(sum);
  }

  /** The most probable token after a position; of equal ones the lowest id. */
  public int argmax(int row, int position) {
    int start = start(row, position);
    return floats != null ? argmax(floats, start) : argmax(start);
  }

  private int argmax(FloatBuffer memory, int start) {
    int best = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      float logit = memory.get(start + i);
      if (logit > largest) {
        largest = logit;
        best = i;
      }
    }
    return best;
  }

  private int argmax(int start) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      double logit = tensor.getDouble(start + i);
      if (logit > largest) {
        largest = logit;
        best = i;
      }
    }
    return best;
  }

  /**
   * The most probable of the other tokens, of equal ones the lowest id, where it is at least as
   * probable as {@code token}; -1 where {@code token} is more probable than any other.
   */
  public int rival(int row, int position, long token) {
    int start = start(row, position);
    int own = requireToken(token);
    double largest = value(start + own);
    int best = -1;
    for (int i = 0; i < vocabulary; i++) {
      double logit = value(start + i);
      if (i != own && (logit > largest || (logit == largest && best < 0))) {
        largest = logit;
        best = i;
      }
    }
    return best;
  }

  /** The share of the vocabulary that has the logit of {@code token}, itself among them. */
  public double sharing(int row, int position, long token) {
    int start = start(row, position);
    double own = value(start + requireToken(token));
    int equal = 0;
    for (int i = start; i < start + vocabulary; i++) {
      equal += value(i) == own ? 1 : 0;
    }
    return (double) equal / vocabulary;
  }

  /** Whether what stands after a position are probabilities and no logits. */
  public boolean softmaxed(int row, int position) {
    int start = start(row, position);
    return NextTokens.areProbabilities(vocabulary, token -> value(start + token));
  }

  /** The distribution after a position, in memory of its own. */
  public NextTokens at(int row, int position) {
    double[] logits = new double[vocabulary];
    read(row, position, logits);
    return NextTokens.ofLogits(logits);
  }

  private double value(int i) {
    return floats != null ? floats.get(i) : tensor.getDouble(i);
  }

  private int start(int row, int position) {
    if (position < 0 || position >= counts[row]) {
      throw new IndexOutOfBoundsException(
          "row %d has positions 0 to %d, not %d".formatted(row, counts[row] - 1, position));
    }
    int place = first[row] + position;
    if (places == 1) {
      if (position < counts[row] - 1) {
        throw new IllegalStateException(
            "the model gives logits after the last token only, not after position %d of %d"
                .formatted(position, counts[row]));
      }
      place = 0;
    }
    return Math.multiplyExact(Math.addExact(Math.multiplyExact(row, places), place), vocabulary);
  }
}
