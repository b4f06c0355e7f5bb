package org.modelvitals.suite;

import java.util.Arrays;
import java.util.List;
import org.modelvitals.unit.Quantity;

/**
 * The name of a measurement, from which expectations are made: {@code
 * accuracy().isAtLeast(percent(97))}. Each family of probes has static methods that return these.
 */
public record Measured(String name) {

  public static Measured measured(String name) {
    return new Measured(name);
  }

  /** The measurement of a part: {@code measured("recall", "7")} is {@code recall[7]}. */
  public static Measured measured(String name, String part) {
    return new Measured(name + "[" + part + "]");
  }

  public Expectation isAtLeast(Quantity limit) {
    return is(new Condition.Compare(Condition.Operator.AT_LEAST, limit, false));
  }

  public Expectation isAtLeast(double limit) {
    return isAtLeast(Quantity.number(limit));
  }

  public Expectation isAtMost(Quantity limit) {
    return is(new Condition.Compare(Condition.Operator.AT_MOST, limit, false));
  }

  public Expectation isAtMost(double limit) {
    return isAtMost(Quantity.number(limit));
  }

  public Expectation isMoreThan(Quantity limit) {
    return is(new Condition.Compare(Condition.Operator.MORE_THAN, limit, false));
  }

  public Expectation isLessThan(Quantity limit) {
    return is(new Condition.Compare(Condition.Operator.LESS_THAN, limit, false));
  }

  public Expectation isEqualTo(Quantity target) {
    return is(new Condition.Compare(Condition.Operator.EQUAL, target, false));
  }

  public Expectation isEqualTo(double target) {
    return isEqualTo(Quantity.number(target));
  }

  /** At least {@code limit} with confidence: the whole interval lies there, or it is not a pass. */
  public Expectation isSurelyAtLeast(Quantity limit) {
    return is(new Condition.Compare(Condition.Operator.AT_LEAST, limit, true));
  }

  /** At most {@code limit} with confidence: the whole interval lies there, or it is not a pass. */
  public Expectation isSurelyAtMost(Quantity limit) {
    return is(new Condition.Compare(Condition.Operator.AT_MOST, limit, true));
  }

  /** Between the two with confidence: the whole interval lies there, or it is not a pass. */
  public Expectation isSurelyBetween(Quantity low, Quantity high) {
    return is(new Condition.Between(low, high, true));
  }

  /** That near with confidence: the whole interval lies there, or it is not a pass. */
  public Expectation isSurelyCloseTo(Quantity target, Quantity tolerance) {
    return is(new Condition.Near(target, tolerance, true));
  }

  /** At least what the approved run draws as a limit. */
  public Expectation isAtLeast(BaselineLimit limit) {
    return against(Condition.Operator.AT_LEAST, limit, false);
  }

  /** At most what the approved run draws as a limit. */
  public Expectation isAtMost(BaselineLimit limit) {
    return against(Condition.Operator.AT_MOST, limit, false);
  }

  public Expectation isMoreThan(BaselineLimit limit) {
    return against(Condition.Operator.MORE_THAN, limit, false);
  }

  public Expectation isLessThan(BaselineLimit limit) {
    return against(Condition.Operator.LESS_THAN, limit, false);
  }

  /** Exactly what the approved run measured; for texts, too. */
  public Expectation isEqualTo(BaselineLimit limit) {
    return against(Condition.Operator.EQUAL, limit, false);
  }

  /** At least that with confidence: the whole interval of the difference lies there. */
  public Expectation isSurelyAtLeast(BaselineLimit limit) {
    return against(Condition.Operator.AT_LEAST, limit, true);
  }

  /** At most that with confidence: the whole interval of the difference lies there. */
  public Expectation isSurelyAtMost(BaselineLimit limit) {
    return against(Condition.Operator.AT_MOST, limit, true);
  }

  private Expectation against(Condition.Operator operator, BaselineLimit limit, boolean surely) {
    return is(new Condition.AgainstBaseline(operator, limit, surely));
  }

  public Expectation isBetween(Quantity low, Quantity high) {
    return is(new Condition.Between(low, high));
  }

  public Expectation isBetween(double low, double high) {
    return isBetween(Quantity.number(low), Quantity.number(high));
  }

  public Expectation isCloseTo(Quantity target, Quantity tolerance) {
    return is(new Condition.Near(target, tolerance));
  }

  public Expectation isCloseTo(double target, double tolerance) {
    return isCloseTo(Quantity.number(target), Quantity.number(tolerance));
  }

  public Expectation is(String text) {
    return is(new Condition.Is(text));
  }

  public Expectation isOneOf(String... texts) {
    return is(new Condition.OneOf(List.of(texts)));
  }

  /** Every item of a comma-separated measurement is one of these. */
  public Expectation hasOnly(String... items) {
    return is(new Condition.Only(List.of(items)));
  }

  /** No item of a comma-separated measurement is one of these. */
  public Expectation hasNone(String... items) {
    return is(new Condition.None(Arrays.asList(items)));
  }

  /** Each of these is an item of a comma-separated measurement. */
  public Expectation contains(String... items) {
    return is(new Condition.Contains(Arrays.asList(items)));
  }

  /** The whole text matches a regular expression. */
  public Expectation matches(String regex) {
    return is(new Condition.Matches(regex));
  }

  private Expectation is(Condition condition) {
    return new Expectation(name, condition);
  }
}
