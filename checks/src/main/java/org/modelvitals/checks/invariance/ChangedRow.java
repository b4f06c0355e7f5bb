package org.modelvitals.checks.invariance;

/**
 * A row that did not do what it must.
 *
 * @param input what was changed, before and after
 */
record ChangedRow(String perturbation, String where, String input, String before, String after) {}
