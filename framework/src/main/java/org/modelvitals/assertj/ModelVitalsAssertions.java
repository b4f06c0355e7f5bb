package org.modelvitals.assertj;

import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.RunRecord;

/**
 * Entry points, to be imported statically beside AssertJ's own:
 *
 * <pre>{@code
 * assertThat(ModelUnderTest.at("models/digits.onnx"))
 *     .satisfies(classification(csv("data/digits-test.csv")).expect(accuracy().isAtLeast(percent(97))))
 *     .satisfies(latency().expect(p99().isAtMost(millis(3))));
 * }</pre>
 */
public final class ModelVitalsAssertions {
  private ModelVitalsAssertions() {}

  /** Assertions over a model, which probe it when they are made. */
  public static ModelAssert assertThat(ModelUnderTest model) {
    return new ModelAssert(model);
  }

  /** Assertions over what a probe found. */
  public static ReadingAssert assertThat(Reading reading) {
    return new ReadingAssert(reading);
  }

  /** Assertions over one measurement. */
  public static MeasurementAssert assertThat(Measurement measurement) {
    return new MeasurementAssert(measurement);
  }

  /** Assertions over what a run found out. */
  public static RunRecordAssert assertThat(RunRecord record) {
    return new RunRecordAssert(record);
  }
}
