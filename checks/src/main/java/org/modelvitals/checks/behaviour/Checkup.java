package org.modelvitals.checks.behaviour;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.modelvitals.checks.artifact.Artifact;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.ReadySuite;

/** What can be asked of any model without labels, with nothing but its file. */
public final class Checkup implements ReadySuite {
  private static final SessionSpec PLAIN =
      SessionSpec.DEFAULT.optimization(SessionSpec.Optimization.NONE);

  @Override
  public String keyword() {
    return "checkup";
  }

  @Override
  public String description() {
    return "What can be asked of any model without labels, with nothing but its file.";
  }

  @Override
  public List<CheckSpec> checks(Path model) {
    List<CheckSpec> checks = new ArrayList<>();
    add(checks, "is a sound file", Artifact.artifact());
    add(checks, "answers in finite numbers", FiniteOutputs.finiteOutputs());
    add(checks, "says the same every time", Determinism.determinism());
    add(checks, "answers a row alone as in a batch", BatchInvariance.batchInvariance());
    add(checks, "says the same without graph optimisations", Parity.parityWith(PLAIN));
    return checks;
  }

  private static void add(List<CheckSpec> checks, String name, ProbeSpec probe) {
    checks.add(new CheckSpec(name, HealthCheck.of(probe)));
  }
}
