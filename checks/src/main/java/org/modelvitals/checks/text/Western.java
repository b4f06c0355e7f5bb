package org.modelvitals.checks.text;

import java.util.regex.Pattern;

/** The rules of mteval-v13a for Western languages, which tercom's normalisation shares. */
final class Western {
  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");

  private Western() {}

  static String separate(String line) {
    return points(punctuation(line));
  }

  static String punctuation(String line) {
    return PUNCTUATION.matcher(line).replaceAll(" $1 ");
  }

  /** Period and comma unless between digits; a dash after a digit. */
  static String points(String line) {
    String separated = AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
    separated = BEFORE_NO_DIGIT.matcher(separated).replaceAll(" $1 $2");
    return DASH.matcher(separated).replaceAll("$1 $2 ");
  }
}
