package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** What slices show, to be put where it belongs in a reading. */
public record SliceFindings(List<Measurement> measurements, List<Evidence> evidence) {
  public static final SliceFindings NONE = new SliceFindings(List.of(), List.of());

  public SliceFindings {
    measurements = List.copyOf(measurements);
    evidence = List.copyOf(evidence);
  }

  /** Adds the measurements to a reading; returns what backs them. */
  public static List<Evidence> add(Reading.Builder reading, SliceFindings... all) {
    List<Evidence> evidence = new ArrayList<>();
    for (SliceFindings findings : all) {
      findings.measurements.forEach(reading::add);
      evidence.addAll(findings.evidence);
    }
    return evidence;
  }
}
