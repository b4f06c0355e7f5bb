package org.modelvitals.run;

import org.modelvitals.suite.SuiteSpec;

/**
 * A suite with what running it needs.
 *
 * @param id unique in the run
 * @param spec with overrides from outside applied
 * @param base what its paths are relative to
 * @param source where it is declared, for people
 */
public record RunnableSuite(String id, SuiteSpec spec, Base base, String source) {}
