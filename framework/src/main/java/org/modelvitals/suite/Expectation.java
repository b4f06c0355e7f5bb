package org.modelvitals.suite;

/**
 * A condition on one measurement.
 *
 * @param measurement its name, with the part in brackets where it has one: {@code recall[7]}
 */
public record Expectation(String measurement, Condition condition) {
  @Override
  public String toString() {
    return measurement + " " + condition;
  }
}
