package org.modelvitals.engine;

import org.junit.platform.engine.TestSource;
import org.modelvitals.probe.ProbeType.Demand;
import org.modelvitals.suite.CheckSpec;

/**
 * A check that a suite declares, whether or not it was selected.
 *
 * @param legacyName the name that reports of other tools show, which must carry the suite where the
 *     tool forgets it
 */
record DeclaredCheck(CheckSpec check, TestSource source, String legacyName, Demand demand) {}
