package org.modelvitals.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a probe found out.
 *
 * @param measurements in the order in which people should read them, names unique
 */
public record Reading(List<Measurement> measurements, List<Evidence> evidence) {
  public Reading {
    measurements = List.copyOf(measurements);
    evidence = List.copyOf(evidence);
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

    private Builder() {}

    public Builder add(Measurement measurement) {
      measurements.add(measurement);
      return this;
    }

    public Builder add(Evidence item) {
      evidence.add(item);
      return this;
    }

    public Reading build() {
      return new Reading(measurements, evidence);
    }
  }
}
