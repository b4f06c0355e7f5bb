package org.modelvitals.checks.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * TER, the translation edit rate (Snover et al. 2006): how many words must be inserted, deleted,
 * replaced or moved as a block, per word of the reference. As sacreBLEU 2.6 computes it, which
 * follows tercom. Lower is better; no library for the JVM that is still kept has it.
 *
 * @param caseSensitive whether case counts; tercom's default is that it does not
 * @param normalized whether punctuation is made words of its own first
 * @param punctuation whether punctuation counts; if not, it is removed
 */
public record Ter(boolean caseSensitive, boolean normalized, boolean punctuation)
    implements CorpusMetric {

  /** sacreBLEU's and tercom's defaults. */
  public static final Ter DEFAULT = new Ter(false, false, true);

  private static final Pattern REMOVED = Pattern.compile("[.,?:;!\"()]");

  /** The corpus' TER with sacreBLEU's defaults, one reference a segment. */
  public static double ter(List<String> candidates, List<String> references) {
    return DEFAULT.score(candidates, references);
  }

  public Ter matchingCase() {
    return new Ter(true, normalized, punctuation);
  }

  public Ter withNormalization() {
    return new Ter(caseSensitive, true, punctuation);
  }

  public Ter withoutPunctuation() {
    return new Ter(caseSensitive, normalized, false);
  }

  @Override
  public String name() {
    return "TER";
  }

  @Override
  public String options() {
    return "case:%s|tok:tercom|norm:%s|punct:%s|asian:no"
        .formatted(
            caseSensitive ? "mixed" : "lc", normalized ? "yes" : "no", punctuation ? "yes" : "no");
  }

  /** Edits to the reference that needs fewest, and the mean length of the references. */
  @Override
  public double[] counts(String candidate, List<String> references) {
    List<String> words = words(candidate);
    int fewest = Integer.MAX_VALUE;
    long length = 0;
    for (String reference : references) {
      List<String> other = words(reference);
      fewest = Math.min(fewest, new TerEdits(other).count(words));
      length += other.size();
    }
    return new double[] {fewest, (double) length / references.size()};
  }

  private List<String> words(String text) {
    String line = Whitespace.stripTrailing(text);
    if (!caseSensitive) {
      line = line.toLowerCase(Locale.ROOT);
    }
    if (normalized && !line.isEmpty()) {
      line = normalize(line);
    }
    if (!punctuation) {
      line = REMOVED.matcher(line).replaceAll("");
    }
    return Whitespace.split(line);
  }

  private static String normalize(String text) {
    String line = text.replace("\n-", "").replace("\n", " ").replace("&quot;", "\"");
    line = line.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    line = Western.punctuation(" " + line + " ");
    return Western.points(line.replace("'s ", " 's "));
  }

  @Override
  public double score(double[] sums) {
    if (sums[1] > 0) {
      return 100 * (sums[0] / sums[1]);
    }
    return sums[0] > 0 ? 100 : 0;
  }
}
