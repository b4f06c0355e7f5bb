package org.modelvitals.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.modelvitals.suite.Condition.Operator;
import org.modelvitals.unit.Quantity;

/** Reads conditions as suites write them. */
public final class Conditions {
  private static final Pattern SURELY = Pattern.compile("surely\\s+");
  private static final Pattern COMPARE = Pattern.compile("(>=|<=|!=|==|=|>|<)\\s*(.+)");
  private static final Pattern BETWEEN = Pattern.compile("between\\s+(.+?)\\s+and\\s+(.+)");
  private static final Pattern NEAR =
      Pattern.compile("(?:=\\s*)?(.+?)\\s*(?:±|\\+-|\\+/-)\\s*(.+)");
  private static final Pattern WORDS =
      Pattern.compile("(is|one of|only|none of|contains|matches)\\s+(.+)", Pattern.DOTALL);

  private Conditions() {}

  /**
   * Reads one condition.
   *
   * @throws IllegalArgumentException with a sentence that says what was expected
   */
  public static Condition parse(String text) {
    String stripped = text.strip();
    Matcher sure = SURELY.matcher(stripped);
    boolean surely = sure.lookingAt();
    String written = surely ? stripped.substring(sure.end()) : stripped;
    return (surely ? Optional.<Condition>empty() : words(written))
        .or(() -> between(written, surely))
        .or(() -> near(written, surely))
        .or(() -> compare(written, surely))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("'%s' is not a condition; write for instance '>= 97 %%', '<= 3 ms', 'between 1"
                            + " and 2', '0.5 +- 0.01', '>= baseline - 0.5 %%', 'is float32[batch, 10]', 'only Conv,"
                            + " Relu'")
                        .formatted(text)));
  }

  private static Optional<Condition> words(String text) {
    Matcher matcher = WORDS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String rest = matcher.group(2).strip();
    return Optional.of(
        switch (matcher.group(1)) {
          case "is" -> new Condition.Is(rest);
          case "one of" -> new Condition.OneOf(items(rest));
          case "only" -> new Condition.Only(items(rest));
          case "none of" -> new Condition.None(items(rest));
          case "contains" -> new Condition.Contains(items(rest));
          default -> new Condition.Matches(regex(rest));
        });
  }

  private static Optional<Condition> between(String text, boolean surely) {
    Matcher matcher = BETWEEN.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Condition.Between(
                Quantity.parse(matcher.group(1)), Quantity.parse(matcher.group(2)), surely))
        : Optional.empty();
  }

  private static Optional<Condition> near(String text, boolean surely) {
    if (!isTolerant(text)) {
      return Optional.empty();
    }
    Matcher matcher = NEAR.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Condition.Near(
                Quantity.parse(matcher.group(1)), Quantity.parse(matcher.group(2)), surely))
        : Optional.empty();
  }

  /** Looked at first, because the pattern tries every way to split a text that has no tolerance. */
  private static boolean isTolerant(String text) {
    return text.indexOf('±') >= 0 || text.contains("+-") || text.contains("+/-");
  }

  private static Optional<Condition> compare(String text, boolean surely) {
    Matcher matcher = COMPARE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String symbol = matcher.group(1).equals("==") ? "=" : matcher.group(1);
    Operator operator = Operator.ofSymbol(symbol);
    return Optional.of(
        BaselineLimit.parse(matcher.group(2))
            .<Condition>map(limit -> new Condition.AgainstBaseline(operator, limit, surely))
            .orElseGet(
                () -> new Condition.Compare(operator, Quantity.parse(matcher.group(2)), surely)));
  }

  private static List<String> items(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static String regex(String text) {
    try {
      Pattern.compile(text);
      return text;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is not a regular expression: %s".formatted(text, e.getDescription()), e);
    }
  }
}
