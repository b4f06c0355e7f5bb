package org.modelvitals.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a text another way. */
final class TextChange {
  private static final Pattern WORD_START =
      Pattern.compile("\\b\\p{L}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern GAP = Pattern.compile("(?<=\\S) (?=\\S)");
  private static final Pattern MARK = Pattern.compile("[.!?…]+\\s*$");

  private TextChange() {}

  static String apply(Perturbation step, String text, SplittableRandom random) {
    if (step instanceof Perturbation.Case letters) {
      return inLetters(text, letters.to());
    } else if (step instanceof Perturbation.Typo typo) {
      return withTypos(text, typo.count(), random);
    } else if (step instanceof Perturbation.Whitespace) {
      return withBlanks(text, random);
    } else if (step instanceof Perturbation.Punctuation) {
      Matcher mark = MARK.matcher(text);
      return mark.find() ? text.substring(0, mark.start()) : text.stripTrailing() + ".";
    } else if (step instanceof Perturbation.Replace replace) {
      return withWords(text, replace.words());
    }
    throw new IllegalStateException(step + " changes no text");
  }

  private static String inLetters(String text, Perturbation.Case.Letters to) {
    return switch (to) {
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case TITLE ->
          WORD_START.matcher(text).replaceAll(start -> start.group().toUpperCase(Locale.ROOT));
    };
  }

  private static String withTypos(String text, int count, SplittableRandom random) {
    char[] letters = text.toCharArray();
    for (int typo = 0; typo < count; typo++) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i + 1 < letters.length; i++) {
        if (Character.isLetter(letters[i])
            && Character.isLetter(letters[i + 1])
            && letters[i] != letters[i + 1]) {
          places.add(i);
        }
      }
      if (places.isEmpty()) {
        break;
      }
      int place = places.get(random.nextInt(places.size()));
      char kept = letters[place];
      letters[place] = letters[place + 1];
      letters[place + 1] = kept;
    }
    return new String(letters);
  }

  private static String withBlanks(String text, SplittableRandom random) {
    List<Integer> gaps = GAP.matcher(text).results().map(gap -> gap.start()).toList();
    if (gaps.isEmpty()) {
      return " " + text + " ";
    }
    int gap = gaps.get(random.nextInt(gaps.size()));
    return " " + text.substring(0, gap) + " " + text.substring(gap) + " ";
  }

  private static String withWords(String text, Map<String, String> words) {
    Map<String, String> lower =
        words.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (first, second) -> first));
    Pattern any =
        Pattern.compile(
            lower.keySet().stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w])(?:", ")(?![\\w])")),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    return any.matcher(text)
        .replaceAll(
            found -> {
              String word = found.group();
              String other = lower.getOrDefault(word.toLowerCase(Locale.ROOT), word);
              return Matcher.quoteReplacement(
                  Character.isUpperCase(word.charAt(0)) && !other.isEmpty()
                      ? other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1)
                      : other);
            });
  }
}
