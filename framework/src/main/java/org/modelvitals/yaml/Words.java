package org.modelvitals.yaml;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.modelvitals.text.Nearest;

/** Names as YAML spells them, and the ends of sentences about them. */
final class Words {
  private static final int MANY = 12;
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private Words() {}

  /** {@code warmupCalls}, {@code WARMUP_CALLS} and {@code WarmupCalls} are warmup-calls. */
  static String kebab(String name) {
    return HUMP.matcher(name).replaceAll("-").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** {@code WARMUP_CALLS} is warmup-calls; unlike in camel case, a digit begins no word. */
  static String constant(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  static String oneOf(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.get(names.size() - 1);
  }

  /** What a person who wrote {@code word} most likely meant. */
  static Optional<String> nearest(String word, Collection<String> valid) {
    return Nearest.to(kebab(word), valid).or(() -> Nearest.to(word, valid));
  }

  /** The end of a sentence about an unknown {@code word}. */
  static String hint(String word, Collection<String> valid, String plural) {
    return nearest(word, valid)
        .map("; did you mean '%s'?"::formatted)
        .orElseGet(
            () ->
                valid.isEmpty()
                    ? "; there are no %s".formatted(plural)
                    : "; the %s are %s%s"
                        .formatted(
                            plural,
                            String.join(", ", valid.stream().limit(MANY).toList()),
                            valid.size() > MANY ? ", …" : ""));
  }
}
