package org.modelvitals.benchmarks;

import org.modelvitals.spec.Doc;
import org.modelvitals.suite.ProbeSpec;

/** A probe that does nothing, to see what a check costs besides its probe. */
@Doc("Does nothing.")
public record Nothing(@Doc("Makes it differ from others.") int number) implements ProbeSpec {}
