package org.modelvitals.house.sick.engine;

import org.modelvitals.house.sick.checks.KnowsEngine;

/** An engine class with a favourite probe. */
public final class KnowsProbe {
  public KnowsEngine favourite() {
    return new KnowsEngine();
  }
}
