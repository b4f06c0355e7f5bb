package org.modelvitals.checks.own;

import org.modelvitals.data.DataSpec;
import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.HealthSuite;
import org.modelvitals.suite.Measured;

/** The probe in Java; run by {@link OwnProbeTest}, which registers it. */
@HealthSuite(model = "../example-suites/models/digits.onnx")
final class DigitsAnswerAlike {
  @Check
  static final HealthCheck answers_alike =
      new Repeatability.Spec(
              DataSpec.csv("../example-suites/data/digits-test.csv").ignore("digit").limit(64), 3)
          .expect(Measured.measured("different answers").isEqualTo(0));

  private DigitsAnswerAlike() {}
}
