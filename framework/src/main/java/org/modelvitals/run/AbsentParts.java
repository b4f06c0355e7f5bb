package org.modelvitals.run;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** Counts of parts that a reading does not name, because there are none of them. */
final class AbsentParts {
  private AbsentParts() {}

  /**
   * The reading with 0 for every count that is expected and not there. A reading without any count
   * of this kind did not count, and stays as it is.
   */
  static Reading counted(
      Reading reading, List<Expectation> expectations, List<MeasurementInfo> infos) {
    List<Measurement> measurements = new ArrayList<>(reading.measurements());
    for (MeasurementInfo info : infos.stream().filter(MeasurementInfo::countsParts).toList()) {
      String start = info.name() + "[";
      if (reading.measurements().stream().noneMatch(known -> known.name().startsWith(start))) {
        continue;
      }
      expectations.stream()
          .map(Expectation::measurement)
          .distinct()
          .filter(name -> name.startsWith(start) && name.endsWith("]"))
          .filter(name -> reading.measurement(name).isEmpty())
          .forEach(name -> measurements.add(Measurement.exact(name, 0, info.unit())));
    }
    return new Reading(measurements, reading.evidence(), reading.rows());
  }
}
