package org.modelvitals.assertj;

import org.assertj.core.api.SoftAssertionsProvider;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.RunRecord;

/** The entry points as soft assertions, to be mixed into a class of one's own. */
public interface ModelVitalsSoftAssertionsProvider extends SoftAssertionsProvider {

  default ModelAssert assertThat(ModelUnderTest model) {
    return Navigating.soft(proxy(ModelAssert.class, ModelUnderTest.class, model), this);
  }

  default ReadingAssert assertThat(Reading reading) {
    return Navigating.soft(proxy(ReadingAssert.class, Reading.class, reading), this);
  }

  default MeasurementAssert assertThat(Measurement measurement) {
    return Navigating.soft(proxy(MeasurementAssert.class, Measurement.class, measurement), this);
  }

  default RunRecordAssert assertThat(RunRecord record) {
    return Navigating.soft(proxy(RunRecordAssert.class, RunRecord.class, record), this);
  }
}
