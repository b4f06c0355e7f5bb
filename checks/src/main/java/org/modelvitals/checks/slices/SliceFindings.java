package org.modelvitals.checks.slices;

import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;

/** What slices show, to be put where it belongs in a reading. */
public record SliceFindings(List<Measurement> measurements, List<Evidence> evidence) {
  public static final SliceFindings NONE = new SliceFindings(List.of(), List.of());

  public SliceFindings {
    measurements = List.copyOf(measurements);
    evidence = List.copyOf(evidence);
  }
}
