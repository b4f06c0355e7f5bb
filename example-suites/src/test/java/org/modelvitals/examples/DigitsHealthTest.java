package org.modelvitals.examples;

import static org.modelvitals.checks.artifact.Artifact.artifact;
import static org.modelvitals.checks.artifact.Artifact.input;
import static org.modelvitals.checks.artifact.Artifact.opset;
import static org.modelvitals.checks.artifact.Artifact.output;
import static org.modelvitals.checks.artifact.Artifact.size;
import static org.modelvitals.checks.budget.Budget.growthPerCall;
import static org.modelvitals.checks.budget.Budget.latency;
import static org.modelvitals.checks.budget.Budget.memory;
import static org.modelvitals.checks.budget.Budget.p50;
import static org.modelvitals.checks.budget.Budget.p99;
import static org.modelvitals.checks.budget.Budget.peak;
import static org.modelvitals.checks.quality.Classification.accuracy;
import static org.modelvitals.checks.quality.Classification.classification;
import static org.modelvitals.checks.quality.Classification.expectedCalibrationError;
import static org.modelvitals.checks.quality.Classification.logLoss;
import static org.modelvitals.checks.quality.Classification.recall;
import static org.modelvitals.data.DataSpec.csv;
import static org.modelvitals.unit.Quantity.kibibytes;
import static org.modelvitals.unit.Quantity.mebibytes;
import static org.modelvitals.unit.Quantity.millis;
import static org.modelvitals.unit.Quantity.nats;
import static org.modelvitals.unit.Quantity.percent;

import org.modelvitals.checks.quality.Classification;
import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.HealthSuite;

/** A small convolutional network that reads handwritten digits. */
@HealthSuite(model = "models/digits.onnx", tags = "vision")
class DigitsHealthTest {

  private static final Classification DIGITS =
      classification(csv("data/digits-test.csv")).label("digit");

  @Check
  static final HealthCheck is_what_we_exported =
      artifact()
          .expect(input("image").is("float32[batch, 1, 8, 8]"))
          .expect(output("logits").is("float32[batch, 10]"))
          .expect(opset().isBetween(17, 21))
          .expect(size().isAtMost(kibibytes(64)));

  @Check
  static final HealthCheck reads_digits =
      DIGITS.expect(accuracy().isAtLeast(percent(97))).expect(recall("7").isAtLeast(percent(95)));

  /** Costs nothing: an equal probe runs once. */
  @Check
  static final HealthCheck knows_what_it_does_not_know =
      DIGITS
          .expect(expectedCalibrationError().isAtMost(percent(5)))
          .expect(logLoss().isAtMost(nats(0.1)));

  @Check
  static final HealthCheck answers_in_time =
      latency()
          .on(csv("data/digits-test.csv").ignore("digit").batch(32))
          .expect(p50().isAtMost(millis(5)))
          .expect(p99().isAtMost(millis(50)));

  @Check
  static final HealthCheck stays_small =
      memory()
          .calls(500)
          .expect(peak().isAtMost(mebibytes(96)))
          .expect(growthPerCall().isAtMost(kibibytes(16)));
}
