package org.modelvitals.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The figures of a classification, computed the plain way: confusion matrix, accuracy, top-k, log
 * loss, Brier score, calibration error, and the area under each class's ROC curve.
 */
final class BareScores {
  private static final int BINS = 15;
  private static final double SMALLEST = 1.2e-7;

  private final int classes;
  private final long[][] confusion;
  private final long[] binRows = new long[BINS];
  private final double[] binRight = new double[BINS];
  private final double[] binConfidence = new double[BINS];
  private final List<float[]> probabilities = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private long rows;
  private long right;
  private long amongThree;
  private long amongFive;
  private double logLoss;
  private double brier;
  private double calibrationError;
  private double macroAuc;

  BareScores(int classes) {
    this.classes = classes;
    this.confusion = new long[classes][classes];
  }

  static float[] softmax(float[] logits) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    float[] shares = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      shares[i] = (float) Math.exp(logits[i] - largest);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (shares[i] / sum);
    }
    return shares;
  }

  void add(int label, float[] shares) {
    int predicted = 0;
    int better = 0;
    double squares = 0;
    for (int i = 0; i < classes; i++) {
      predicted = shares[i] > shares[predicted] ? i : predicted;
      better += shares[i] > shares[label] ? 1 : 0;
      double distance = shares[i] - (i == label ? 1 : 0);
      squares += distance * distance;
    }
    rows++;
    confusion[label][predicted]++;
    right += predicted == label ? 1 : 0;
    amongThree += better < 3 ? 1 : 0;
    amongFive += better < 5 ? 1 : 0;
    brier += squares;
    logLoss -= Math.log(Math.max(shares[label], SMALLEST));
    int bin = Math.min(BINS - 1, (int) (shares[predicted] * BINS));
    binRows[bin]++;
    binRight[bin] += predicted == label ? 1 : 0;
    binConfidence[bin] += shares[predicted];
    probabilities.add(shares);
    labels.add(label);
  }

  void finish() {
    for (int bin = 0; bin < BINS; bin++) {
      calibrationError += Math.abs(binRight[bin] - binConfidence[bin]) / rows;
    }
    int measured = 0;
    for (int i = 0; i < classes; i++) {
      double area = auc(i);
      if (!Double.isNaN(area)) {
        macroAuc += area;
        measured++;
      }
    }
    macroAuc /= measured;
  }

  /** The share of pairs of a row of the class and another that are in the right order. */
  private double auc(int of) {
    Integer[] order = IntStream.range(0, (int) rows).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(row -> probabilities.get(row)[of]));
    double rankSum = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      long own = 0;
      while (to < order.length && score(order[to], of) == score(order[from], of)) {
        own += labels.get(order[to]) == of ? 1 : 0;
        to++;
      }
      rankSum += own * ((from + 1 + to) / 2.0);
      positives += own;
      from = to;
    }
    long negatives = rows - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  private float score(int row, int of) {
    return probabilities.get(row)[of];
  }

  double accuracy() {
    return (double) right / rows;
  }

  double topThree() {
    return (double) amongThree / rows;
  }

  double logLoss() {
    return logLoss / rows;
  }

  double calibrationError() {
    return calibrationError;
  }

  double macroAuc() {
    return macroAuc;
  }

  @Override
  public String toString() {
    double recalls = 0;
    for (int i = 0; i < classes; i++) {
      long own = Arrays.stream(confusion[i]).sum();
      recalls += own == 0 ? 0 : (double) confusion[i][i] / own;
    }
    return String.format(
        Locale.ROOT,
        "%d rows: accuracy %.4f, top-3 %.4f, top-5 %.4f, recalls %.4f, log loss %.4f, brier %.4f,"
            + " calibration %.4f, auc %.4f",
        rows,
        accuracy(),
        (double) amongThree / rows,
        (double) amongFive / rows,
        recalls,
        logLoss / rows,
        brier / rows,
        calibrationError,
        macroAuc);
  }
}
