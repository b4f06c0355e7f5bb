package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataSpec;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** Classifications of rows without a model. */
final class Classified {
  static final Classification DECLARED = Classification.classification(DataSpec.csv("rows.csv"));

  private Classified() {}

  static ClassificationAccumulator accumulator(Classification declared) {
    ClassNames names = declared.classes();
    return new ClassificationAccumulator(
        declared,
        names == null ? List.of() : names.names(),
        Slicer.of(declared.slices(), rows -> {}),
        true,
        7);
  }

  static Reading read(Classification declared, Rows rows) {
    return rows.feed(accumulator(declared)).finish();
  }

  static double value(Reading reading, String name) {
    Double value = reading.measurement(name).orElseThrow().value();
    assertThat(value).as(name).isNotNull();
    return value == null ? Double.NaN : value;
  }

  static String note(Reading reading, String name) {
    Measurement measurement = reading.measurement(name).orElseThrow();
    assertThat(measurement.value()).as(name).isNull();
    return String.valueOf(measurement.note());
  }

  static <E extends Evidence> E evidence(Reading reading, Class<E> type) {
    return reading.evidence().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }
}
