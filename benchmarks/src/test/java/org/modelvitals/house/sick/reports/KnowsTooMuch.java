package org.modelvitals.house.sick.reports;

import org.modelvitals.house.sick.data.UsesEverything;

/** A report that looks behind the records; nobody outside needs it to be public. */
public final class KnowsTooMuch {
  UsesEverything behind() {
    return new UsesEverything();
  }
}
