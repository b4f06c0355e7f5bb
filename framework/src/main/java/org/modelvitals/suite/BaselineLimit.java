package org.modelvitals.suite;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelvitals.unit.Quantity;

/**
 * A limit that the approved run draws: {@code 1.2 x baseline + 1 ms}.
 *
 * @param factor what the approved value is multiplied by, more than 0
 * @param plus what is added then, in a unit of the measurement's kind; a bare 0 for nothing
 */
public record BaselineLimit(double factor, Quantity plus) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:(?<factor>[0-9.eE]+)\\s*[x\u00d7*]\\s*)?baseline(?:\\s*(?<sign>[-+])\\s*(?<plus>[0-9.].*))?");

  private static final BaselineLimit ITSELF = new BaselineLimit(1, Quantity.number(0));

  public BaselineLimit {
    if (!(factor > 0) || !Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "the factor in '%s x baseline' must be more than 0".formatted(factor));
    }
    plus = plus.value() == 0 ? Quantity.number(0) : plus; // nothing is nothing in every unit
  }

  /** What the approved run measured. */
  public static BaselineLimit baseline() {
    return ITSELF;
  }

  /** So many times what it is now. */
  public BaselineLimit times(double more) {
    return new BaselineLimit(factor * more, new Quantity(plus.value() * more, plus.unit()));
  }

  /** More by {@code margin}; of what was added already this takes the place. */
  public BaselineLimit plus(Quantity margin) {
    return new BaselineLimit(factor, margin);
  }

  /** Less by {@code margin}; of what was added already this takes the place. */
  public BaselineLimit minus(Quantity margin) {
    return new BaselineLimit(factor, new Quantity(-margin.value(), margin.unit()));
  }

  /** Whether it is what the approved run measured, and nothing more or less. */
  public boolean isItself() {
    return factor == 1 && plus.value() == 0;
  }

  /**
   * Reads a limit as suites write it; empty if it is none.
   *
   * @throws IllegalArgumentException with a sentence, if it is one with a mistake
   */
  static Optional<BaselineLimit> parse(String text) {
    if (!text.contains("baseline")) {
      return Optional.empty();
    }
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a limit; write for instance 'baseline', 'baseline - 0.5 %%' or '1.2 x baseline'"
              .formatted(text));
    }
    String factor = matcher.group("factor");
    String plus = matcher.group("plus");
    Quantity margin = plus == null ? Quantity.number(0) : Quantity.parse(plus);
    return Optional.of(
        new BaselineLimit(
            factor == null ? 1 : Quantity.parse(factor).value(),
            "-".equals(matcher.group("sign"))
                ? new Quantity(-margin.value(), margin.unit())
                : margin));
  }

  @Override
  public String toString() {
    String scaled = factor == 1 ? "baseline" : Quantity.number(factor) + " x baseline";
    if (plus.value() == 0) {
      return scaled;
    }
    return scaled
        + (plus.value() < 0 ? " - " : " + ")
        + new Quantity(Math.abs(plus.value()), plus.unit());
  }
}
