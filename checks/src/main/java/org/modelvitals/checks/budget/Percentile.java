package org.modelvitals.checks.budget;

import java.util.Optional;
import java.util.stream.Stream;

/** The percentiles of times that are measured. */
enum Percentile {
  P50("p50", 0.5),
  P90("p90", 0.9),
  P95("p95", 0.95),
  P99("p99", 0.99),
  P999("p99.9", 0.999);

  private final String label;
  private final double q;

  Percentile(String label, double q) {
    this.label = label;
    this.q = q;
  }

  String label() {
    return label;
  }

  /** The share of values that are no greater. */
  double q() {
    return q;
  }

  /** The percentile that a measurement such as {@code p99} or {@code p99[callers 2]} is about. */
  static Optional<Percentile> of(String measurement) {
    int bracket = measurement.indexOf('[');
    String name = bracket < 0 ? measurement : measurement.substring(0, bracket);
    return Stream.of(values()).filter(percentile -> percentile.label.equals(name)).findFirst();
  }
}
