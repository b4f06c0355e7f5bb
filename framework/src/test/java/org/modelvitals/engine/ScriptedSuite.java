package org.modelvitals.engine;

import static org.modelvitals.engine.Scripted.scripted;

import java.nio.file.Path;
import java.util.List;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ReadySuite;

/** Two checks for any model, the second of which is called after the model's file. */
public final class ScriptedSuite implements ReadySuite {
  @Override
  public String keyword() {
    return "twofold";
  }

  @Override
  public String description() {
    return "Two checks.";
  }

  @Override
  public List<CheckSpec> checks(Path model) {
    return List.of(
        new CheckSpec("measures well", HealthCheck.of(scripted("measures"))),
        new CheckSpec("loads " + model.getFileName(), HealthCheck.of(scripted("loads"))));
  }
}
