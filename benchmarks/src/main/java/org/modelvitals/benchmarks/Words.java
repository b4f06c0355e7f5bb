package org.modelvitals.benchmarks;

import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private Words() {}

  @SuppressWarnings(
      "AnnotateFormatMethod") // that annotation would be the only dependency on Error Prone
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  static String millis(double seconds) {
    return format("%.1f ms", seconds * 1e3);
  }

  static String micros(double seconds) {
    return format("%.2f µs", seconds * 1e6);
  }

  static String mebibytes(double kibibytes) {
    return format("%.0f MiB", kibibytes / 1024);
  }
}
