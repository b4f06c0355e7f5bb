package org.modelvitals.checks.text;

import java.util.List;
import java.util.regex.Pattern;

/** How BLEU cuts a segment into tokens: sacreBLEU's tokenizers that need no dictionary. */
public enum BleuTokenizer {
  /** That of mteval-v13a, used by WMT. */
  V13A("13a"),
  /** At punctuation and symbols of any script, as mteval-v14's international tokenization. */
  INTL("intl"),
  /** Every character is a token: for scripts that do not separate words. */
  CHAR("char"),
  /** At white space only. */
  NONE("none");

  private final String signature;

  BleuTokenizer(String signature) {
    this.signature = signature;
  }

  /** Its name in signatures. */
  String signature() {
    return signature;
  }

  List<String> tokenize(String segment) {
    String line = Whitespace.stripTrailing(segment);
    return Whitespace.split(
        switch (this) {
          case V13A -> v13a(line);
          case INTL -> international(line);
          case CHAR -> characters(line);
          case NONE -> line;
        });
  }

  private static String v13a(String segment) {
    String line =
        segment
            .replace("<skipped>", "")
            .replace("-\n", "")
            .replace("\n", " ")
            .replace("&quot;", "\"");
    line = line.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    return Western.separate(" " + line + " ");
  }

  private static String international(String segment) {
    String line = International.AFTER_NO_NUMBER.matcher(segment).replaceAll("$1 $2 ");
    line = International.BEFORE_NO_NUMBER.matcher(line).replaceAll(" $1 $2");
    return International.SYMBOL.matcher(line).replaceAll(" $1 ");
  }

  private static String characters(String segment) {
    StringBuilder spaced = new StringBuilder();
    segment.codePoints().forEach(c -> spaced.appendCodePoint(c).append(' '));
    return spaced.toString();
  }

  /** mteval-v14's rules. */
  private static final class International {
    static final Pattern AFTER_NO_NUMBER = Pattern.compile("(\\P{N})(\\p{P})");
    static final Pattern BEFORE_NO_NUMBER = Pattern.compile("(\\p{P})(\\P{N})");
    static final Pattern SYMBOL = Pattern.compile("(\\p{S})");
  }
}
