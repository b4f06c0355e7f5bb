package org.modelvitals.yaml;

import java.util.regex.Pattern;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Condition.Operator;
import org.modelvitals.suite.Conditions;
import org.modelvitals.unit.Quantity;

/**
 * Conditions as suites write them. Beside what {@link Conditions} reads, a bare quantity means that
 * the measurement is exactly that, and so does a bare text for measurements that are texts.
 */
final class ConditionText {
  private static final Pattern CONDITION_ON_NUMBERS =
      Pattern.compile("(surely\\s+)?(([<>=]|!=).*|between\\s.*)", Pattern.DOTALL);

  private static final Pattern NUMBER_FIRST = Pattern.compile("\\s*[-+]?\\.?[0-9].*");
  private static final Pattern TOLERANCE = Pattern.compile("±|\\+-|\\+/-");

  private ConditionText() {}

  /**
   * Reads a condition on a measurement.
   *
   * @throws IllegalArgumentException with a sentence that says what was expected
   */
  static Condition read(String written, boolean ofText) {
    if (!ofText) {
      return NUMBER_FIRST.matcher(written).matches() && !TOLERANCE.matcher(written).find()
          ? new Condition.Compare(Operator.EQUAL, Quantity.parse(written), false)
          : Conditions.parse(written);
    }
    try {
      return Conditions.parse(written);
    } catch (IllegalArgumentException e) {
      if (CONDITION_ON_NUMBERS.matcher(written.strip()).matches()
          || written.strip().startsWith("matches ")) {
        throw e;
      }
      return new Condition.Is(written);
    }
  }

  /**
   * The shortest text that {@link #read} turns into the condition.
   *
   * @throws IllegalArgumentException if there is none, as for a text that ends with a blank
   */
  static String write(Condition condition, boolean ofText) {
    String whole = condition.toString();
    String bare =
        condition instanceof Condition.Is is
            ? is.text()
            : condition instanceof Condition.Compare compare ? compare.limit().toString() : whole;
    for (String text : new String[] {bare, whole}) {
      if (means(text, condition, ofText)) {
        return text;
      }
    }
    throw new IllegalArgumentException(
        "the condition '%s' has no form in YAML: it would be read as something else"
            .formatted(whole));
  }

  private static boolean means(String text, Condition condition, boolean ofText) {
    try {
      return read(text, ofText).equals(condition);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
