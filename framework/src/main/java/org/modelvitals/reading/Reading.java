package org.modelvitals.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found out.
 *
 * @param measurements in the order in which people should read them, names unique
 * @param rows what became of each row, where a later run shall be paired with this one; else null
 */
public record Reading(
    List<Measurement> measurements, List<Evidence> evidence, @Nullable RowOutcomes rows) {
  public Reading {
    measurements = List.copyOf(measurements);
    evidence = List.copyOf(evidence);
  }

  /** A reading that says nothing of single rows. */
  public Reading(List<Measurement> measurements, List<Evidence> evidence) {
    this(measurements, evidence, null);
  }

  public static Reading of(Measurement... measurements) {
    return new Reading(List.of(measurements), List.of());
  }

  public static Builder builder() {
    return new Builder();
  }

  public Optional<Measurement> measurement(String name) {
    return measurements.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** Collects measurements and evidence in order. */
  public static final class Builder {
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable RowOutcomes rows;

    private Builder() {}

    public Builder add(Measurement measurement) {
      measurements.add(measurement);
      return this;
    }

    public Builder add(Evidence item) {
      evidence.add(item);
      return this;
    }

    /** What became of each row; null for nothing. */
    public Builder rows(@Nullable RowOutcomes outcomes) {
      rows = outcomes;
      return this;
    }

    public Reading build() {
      return new Reading(measurements, evidence, rows);
    }
  }
}
