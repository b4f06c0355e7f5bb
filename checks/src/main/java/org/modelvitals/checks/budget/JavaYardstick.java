package org.modelvitals.checks.budget;

import java.util.SplittableRandom;

/**
 * A workload in plain Java: 64 rows of 64 numbers are multiplied by a matrix of 64 x 64, and what
 * is less than zero is cut off; half a million floating-point operations. It owes nothing to the
 * runtime that runs the models, so it gets no slower with it.
 */
final class JavaYardstick implements TimedCalls {
  private static final int SIZE = 64;

  private final float[] rows = drawn(new SplittableRandom(1));
  private final float[] weights = drawn(new SplittableRandom(2));
  private final float[] results = new float[SIZE * SIZE];

  private static float[] drawn(SplittableRandom random) {
    float[] numbers = new float[SIZE * SIZE];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble() - 0.5f;
    }
    return numbers;
  }

  @Override
  public long time() {
    long before = System.nanoTime();
    multiply();
    return System.nanoTime() - before;
  }

  private void multiply() {
    for (int row = 0; row < SIZE; row++) {
      int to = row * SIZE;
      for (int i = 0; i < SIZE; i++) {
        results[to + i] = 0;
      }
      for (int k = 0; k < SIZE; k++) {
        float factor = rows[to + k];
        int from = k * SIZE;
        for (int i = 0; i < SIZE; i++) { // the order of loops that a compiler turns into vectors
          results[to + i] += factor * weights[from + i];
        }
      }
      for (int i = 0; i < SIZE; i++) {
        results[to + i] = Math.max(0, results[to + i]);
      }
    }
  }

  /** What the last call came to, of one row and column. */
  float result(int row, int column) {
    return results[row * SIZE + column];
  }

  /** What the last call should have come to. */
  float expected(int row, int column) {
    double sum = 0;
    for (int k = 0; k < SIZE; k++) {
      sum += (double) rows[row * SIZE + k] * weights[k * SIZE + column];
    }
    return (float) Math.max(0, sum);
  }

  @Override
  public void done() {}

  @Override
  public void restart() {}

  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public long passes() {
    return 0;
  }

  @Override
  public void close() {}
}
