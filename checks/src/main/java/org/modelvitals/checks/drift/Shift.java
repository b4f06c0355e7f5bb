package org.modelvitals.checks.drift;

import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;

/**
 * How one column, or output, has changed.
 *
 * @param psi the population stability index; NaN of vectors
 * @param p of the test that fits its kind; NaN if there is none
 * @param leastP the smallest p-value that the test can give for so many rows; NaN if there is none
 * @param then what it was like, in a few words
 * @param now what it is like
 * @param shares of the bins or categories, now and then; empty of vectors
 */
record Shift(
    String name,
    String test,
    double psi,
    double p,
    double leastP,
    String then,
    String now,
    List<Measurement> measurements,
    List<Evidence.Bars.Bar> shares) {}
