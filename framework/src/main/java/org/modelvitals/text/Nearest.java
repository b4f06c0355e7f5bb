package org.modelvitals.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spelling help. */
public final class Nearest {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern PART = Pattern.compile("(.*)\\[(.*)]");

  private Nearest() {}

  /**
   * The candidate that a person who wrote {@code word} most likely meant: the one with the least
   * Damerau-Levenshtein distance (optimal string alignment), if it is close enough. At most a third
   * of the letters is wrong, and less than half of a short word; of {@code recall[cat]} that holds
   * for the part in brackets too. What differs in its numbers only is no misspelling: who wrote
   * {@code recall[3]} did not mean {@code recall[7]}.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .distinct()
        .map(
            candidate ->
                new Scored(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
        .filter(scored -> isClose(wanted, scored.candidate.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
        .map(Scored::candidate);
  }

  private static boolean isClose(String written, String candidate) {
    if (written.equals(candidate)) {
      return true;
    }
    Matcher part = PART.matcher(written);
    Matcher other = PART.matcher(candidate);
    if (part.matches() && other.matches()) {
      return isClose(part.group(1), other.group(1)) && isClose(part.group(2), other.group(2));
    }
    int distance = distance(written, candidate);
    return distance <= Math.max(1, written.length() / 3)
        && 2 * distance < Math.max(written.length(), candidate.length())
        && !withoutNumbers(written).equals(withoutNumbers(candidate));
  }

  private static String withoutNumbers(String word) {
    return NUMBER.matcher(word).replaceAll("0");
  }

  private record Scored(String candidate, int distance) {}

  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
