package org.modelvitals.checks.text;

import java.util.Map;
import java.util.function.Predicate;

/**
 * Porter's stemmer (1980) with the changes that NLTK made to it, because ROUGE scores are reported
 * with that one: stemmers of other libraries differ from it in such words as "enjoy", "flies" and
 * "sky". Takes words of lower-case letters and digits.
 */
final class PorterStemmer {

  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("sky", "sky"),
          Map.entry("skies", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("news", "news"),
          Map.entry("innings", "inning"),
          Map.entry("inning", "inning"),
          Map.entry("outings", "outing"),
          Map.entry("outing", "outing"),
          Map.entry("cannings", "canning"),
          Map.entry("canning", "canning"),
          Map.entry("howe", "howe"),
          Map.entry("proceed", "proceed"),
          Map.entry("exceed", "exceed"),
          Map.entry("succeed", "succeed"));

  private static final String[][] STEP_2 = {
    {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
    {"bli", "ble"}, {"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"},
    {"ization", "ize"}, {"ation", "ate"}, {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"},
    {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"},
    {"fulli", "ful"}
  };

  private static final String[][] STEP_3 = {
    {"icate", "ic"},
    {"ative", ""},
    {"alize", "al"},
    {"iciti", "ic"},
    {"ical", "ic"},
    {"ful", ""},
    {"ness", ""}
  };

  private static final String[] STEP_4 = {
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize"
  };

  private PorterStemmer() {}

  static String stem(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.length() <= 2) {
      return word;
    }
    String stem = step1c(step1b(step1a(word)));
    return step5(step4(step3(step2(stem))));
  }

  private static String step1a(String word) {
    if (word.endsWith("ies")) {
      return cut(word, word.length() == 4 ? 1 : 2);
    }
    if (word.endsWith("sses")) {
      return cut(word, 2);
    }
    return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
  }

  private static String step1b(String word) {
    if (word.endsWith("ied")) {
      return cut(word, word.length() == 4 ? 1 : 2);
    }
    if (word.endsWith("eed")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    String stem = word.endsWith("ed") ? cut(word, 2) : word.endsWith("ing") ? cut(word, 3) : "";
    if (!hasVowel(stem)) {
      return word;
    }
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    if (endsInDoubleConsonant(stem)) {
      return "lsz".indexOf(last(stem)) < 0 ? cut(stem, 1) : stem;
    }
    return measure(stem) == 1 && endsInShortSyllable(stem) ? stem + "e" : stem;
  }

  private static String step1c(String word) {
    boolean turns = word.endsWith("y") && word.length() > 2 && isConsonant(word, word.length() - 2);
    return turns ? cut(word, 1) + "i" : word;
  }

  private static String step2(String word) {
    if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
      return step2(cut(word, 2));
    }
    if (word.endsWith("logi")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    return replaced(word, STEP_2);
  }

  private static String step3(String word) {
    return replaced(word, STEP_3);
  }

  /** The first ending that fits decides, whether or not enough is left before it. */
  private static String replaced(String word, String[][] endings) {
    for (String[] ending : endings) {
      if (word.endsWith(ending[0])) {
        String stem = cut(word, ending[0].length());
        return measure(stem) > 0 ? stem + ending[1] : word;
      }
    }
    return word;
  }

  private static String step4(String word) {
    Predicate<String> longEnough = stem -> measure(stem) > 1;
    for (String ending : STEP_4) {
      if (word.endsWith(ending)) {
        String stem = cut(word, ending.length());
        boolean fits = !ending.equals("ion") || stem.endsWith("s") || stem.endsWith("t");
        return fits && longEnough.test(stem) ? stem : word;
      }
    }
    return word;
  }

  private static String step5(String word) {
    String stem = word;
    if (word.endsWith("e")) {
      String without = cut(word, 1);
      int measure = measure(without);
      stem = measure > 1 || (measure == 1 && !endsInShortSyllable(without)) ? without : word;
    }
    return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }

  private static char last(String word) {
    return word.charAt(word.length() - 1);
  }

  /** Every letter but a, e, i, o, u, and y after a consonant. */
  private static boolean isConsonant(String word, int at) {
    char letter = word.charAt(at);
    if (letter == 'y') {
      return at == 0 || !isConsonant(word, at - 1);
    }
    return "aeiou".indexOf(letter) < 0;
  }

  private static boolean hasVowel(String stem) {
    return java.util.stream.IntStream.range(0, stem.length()).anyMatch(i -> !isConsonant(stem, i));
  }

  /** Porter's m: how often a vowel is followed by a consonant. */
  private static int measure(String stem) {
    int measure = 0;
    for (int i = 1; i < stem.length(); i++) {
      if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) {
        measure++;
      }
    }
    return measure;
  }

  private static boolean endsInDoubleConsonant(String word) {
    int end = word.length() - 1;
    return end >= 1 && last(word) == word.charAt(end - 1) && isConsonant(word, end);
  }

  /** Porter's *o: consonant, vowel, consonant other than w, x, y; NLTK adds vowel and consonant. */
  private static boolean endsInShortSyllable(String word) {
    int end = word.length() - 1;
    if (end == 1) {
      return !isConsonant(word, 0) && isConsonant(word, 1);
    }
    return end >= 2
        && isConsonant(word, end - 2)
        && !isConsonant(word, end - 1)
        && isConsonant(word, end)
        && "wxy".indexOf(last(word)) < 0;
  }
}
