package org.modelvitals.engine;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.ProbeSpec;

/**
 * A probe that does what the test says under {@code script}; see {@link ScriptedProbe}.
 *
 * @param script what to do
 * @param of tells apart probes of the same script
 */
@Doc("Does what a test says.")
record Scripted(@Doc("What to do.") String script, @Doc("Which of them.") @Default("''") String of)
    implements ProbeSpec {
  static Scripted scripted(String script) {
    return new Scripted(script, "");
  }

  static Scripted scripted(String script, String of) {
    return new Scripted(script, of);
  }

  /** The same, but it holds the machine alone. */
  @Doc("Does what a test says, alone on the machine.")
  record Alone(@Doc("What to do.") String script, @Doc("Which.") @Default("''") String of)
      implements ProbeSpec {}
}
