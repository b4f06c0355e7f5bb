package org.modelvitals.house.sick.checks;

import org.modelvitals.house.sick.engine.KnowsProbe;

/** A probe that knows the engine, and with it closes a cycle. */
public final class KnowsEngine {
  public KnowsProbe back() {
    return new KnowsProbe();
  }
}
