package org.modelvitals.run;

import java.util.Locale;

/** How far a check is, in one line. */
final class ProgressLine {
  private ProgressLine() {}

  /**
   * For instance {@code digits > reads digits: 1,200 of 10,000 rows, 400 rows/s, 22 s left}.
   *
   * @param total -1 if it is not known
   * @param rate units a second; 0 if it is not known yet
   */
  static String of(String name, long done, long total, String unit, double rate) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s: %,d", name, done));
    if (total >= 0) {
      line.append(String.format(Locale.ROOT, " of %,d", total));
    }
    line.append(' ').append(unit);
    if (rate > 0) {
      String shown = rate < 10 ? "%.1f" : "%,.0f";
      line.append(String.format(Locale.ROOT, ", " + shown + " %s/s", rate, unit));
      if (total > done) {
        line.append(", ").append(clock((total - done) / rate)).append(" left");
      }
    }
    return line.toString();
  }

  private static String clock(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
