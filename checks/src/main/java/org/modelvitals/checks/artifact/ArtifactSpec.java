package org.modelvitals.checks.artifact;

import org.modelvitals.spec.Doc;
import org.modelvitals.suite.ProbeSpec;

/** The declaration of the artifact probe, which has no parameters: {@code artifact: {}}. */
@Doc("What the model file is: signature, operator sets, origin, size, hash, operators, weights.")
public record ArtifactSpec() implements ProbeSpec {}
