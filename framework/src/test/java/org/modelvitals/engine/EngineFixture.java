package org.modelvitals.engine;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.modelvitals.model.ModelException;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** Models and scripts that every test of the engine starts with. */
abstract class EngineFixture {
  @BeforeAll
  static void models() throws Exception {
    Suites.writeModels();
  }

  @BeforeEach
  void scripts() {
    ScriptedProbe.forget();
    Records.TAKEN.clear();
    Records.MISTAKES.clear();
    ScriptedProbe.script(
        "undefined",
        context ->
            Reading.of(Measurement.undefined("value", Unit.FRACTION, 0, "there are no rows")));
    ScriptedProbe.script(
        "not implemented",
        context -> {
          throw new ModelException(
              ModelException.Reason.NOT_IMPLEMENTED, "the runtime has no operator 'Quant'");
        });
    ScriptedProbe.script(
        "breaks",
        context -> {
          throw new IllegalStateException("a bug in the probe");
        });
  }
}
