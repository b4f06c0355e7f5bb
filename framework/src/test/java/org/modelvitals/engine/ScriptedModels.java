package org.modelvitals.engine;

import java.io.IOException;
import org.modelvitals.suite.ProbeSpec;

/** What tests of other packages need of the scripted probe. */
public final class ScriptedModels {
  public static final String MODEL = Suites.NEGATION;
  public static final String MISSING = Suites.NEGATION.replace("negation", "negatoin");

  private ScriptedModels() {}

  /** Writes the models, and makes the scripts new. */
  public static void prepare() throws IOException {
    Suites.writeModels();
    ScriptedProbe.forget();
  }

  /** A probe that measures {@code value} to be 90 %. */
  public static ProbeSpec measures() {
    return Scripted.scripted("measures");
  }

  /** A probe that runs the model. */
  public static ProbeSpec loads() {
    return Scripted.scripted("loads");
  }
}
