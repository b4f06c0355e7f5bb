package org.modelvitals.data;

/**
 * Resizes one channel with a triangle filter that grows with the scale, so that shrinking averages
 * instead of skipping pixels: "bilinear" of Pillow and of torchvision's Resize. The arithmetic is
 * Pillow's (Resample.c): 22-bit coefficients, first along rows, then along columns, rounded to 8
 * bits after each, so that the result is the same to the bit.
 */
final class Resampling {
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);

  private Resampling() {}

  /** The channel of {@code width * height} bytes at another size. */
  static byte[] resize(byte[] channel, int width, int height, int newWidth, int newHeight) {
    byte[] wide =
        newWidth == width
            ? channel
            : new Axis(width, newWidth).apply(channel, height, 1, width, 1, newWidth);
    return newHeight == height
        ? wide
        : new Axis(height, newHeight).apply(wide, newWidth, newWidth, 1, newWidth, 1);
  }

  /** The filter's coefficients for every output sample of one axis. */
  private static final class Axis {
    private final int size;
    private final int[] first;
    private final int[][] weights;

    Axis(int oldSize, int newSize) {
      this.size = newSize;
      this.first = new int[newSize];
      this.weights = new int[newSize][];
      double scale = (double) oldSize / newSize;
      double support = Math.max(scale, 1);
      for (int i = 0; i < newSize; i++) {
        double centre = (i + 0.5) * scale;
        int begin = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(oldSize, (int) (centre + support + 0.5));
        first[i] = begin;
        weights[i] = weights(begin, end, centre, support);
      }
    }

    private static int[] weights(int begin, int end, double centre, double support) {
      double[] exact = new double[end - begin];
      double sum = 0;
      for (int x = 0; x < exact.length; x++) {
        exact[x] = Math.max(0, 1 - Math.abs((x + begin - centre + 0.5) * (1 / support)));
        sum += exact[x];
      }
      int[] rounded = new int[exact.length];
      for (int x = 0; x < rounded.length; x++) {
        double share = sum == 0 ? exact[x] : exact[x] / sum;
        rounded[x] = (int) (0.5 + share * (1 << PRECISION));
      }
      return rounded;
    }

    /**
     * Resamples every line.
     *
     * @param step from one sample of a line to the next
     * @param line from one line to the next
     */
    byte[] apply(byte[] from, int lines, int step, int line, int newStep, int newLine) {
      byte[] to = new byte[Math.multiplyExact(lines, size)];
      for (int at = 0; at < lines; at++) {
        for (int i = 0; i < size; i++) {
          int sum = HALF;
          int sample = at * line + first[i] * step;
          for (int weight : weights[i]) {
            sum += Byte.toUnsignedInt(from[sample]) * weight;
            sample += step;
          }
          to[at * newLine + i * newStep] = (byte) Math.max(0, Math.min(255, sum >> PRECISION));
        }
      }
      return to;
    }
  }
}
