package org.modelvitals.assertj;

import java.util.List;
import org.modelvitals.reading.Reading;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.Failures;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Status;
import org.opentest4j.TestAbortedException;

/** Assertions over a model. Each probes the model and closes it again. */
public class ModelAssert extends Navigating<ModelAssert, ModelUnderTest> {
  public ModelAssert(ModelUnderTest model) {
    super(model, ModelAssert.class);
  }

  /**
   * Passes if the check passes; too little evidence is no pass. Where the device or an operator is
   * missing the test is aborted, as a suite's check is skipped. {@code as("...")} names the check
   * in the message.
   */
  public ModelAssert satisfies(HealthCheck check) {
    isNotNull();
    CheckSpec named = new CheckSpec(name(check), check);
    CheckResult result = actual.run(named);
    requireRan(result);
    if (result.verdict().status() != Status.PASSED) {
      AssertionError failed = Failures.failure(actual.suite(), named, result);
      if (info.overridingErrorMessage() != null) {
        AssertionError own = failure("");
        own.initCause(failed);
        throw own;
      }
      throw failed;
    }
    return this;
  }

  /** Passes if the probe comes to an end and what it implies holds. */
  public ModelAssert satisfies(ProbeSpec probe) {
    return satisfies(probe.check());
  }

  /** What a probe finds, for assertions over its measurements. */
  public ReadingAssert reading(ProbeSpec probe) {
    isNotNull();
    CheckSpec named = new CheckSpec(name(probe.check()), probe.check());
    CheckResult result = actual.run(named);
    requireRan(result);
    Reading reading =
        result.verdict().status() == Status.PASSED || !result.reading().measurements().isEmpty()
            ? result.reading()
            : Absent.reading(result.verdict().reason());
    return to(ReadingAssert.class, Reading.class, reading, ReadingAssert::new);
  }

  private static void requireRan(CheckResult result) {
    if (result.verdict().status() == Status.SKIPPED) {
      throw new TestAbortedException(result.verdict().reason(), result.cause());
    }
  }

  private String name(HealthCheck check) {
    return info.hasDescription()
        ? info.descriptionText()
        : List.of(check.probe().getClass().getSimpleName().split("Spec$", -1)).get(0);
  }
}
