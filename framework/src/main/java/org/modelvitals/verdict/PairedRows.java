package org.modelvitals.verdict;

import java.util.BitSet;
import org.modelvitals.reading.RowOutcomes;

/**
 * The rows of two runs, of which some are the same.
 *
 * @param before what became of them in the approved run; its columns use the same words as {@code
 *     now}, and it has the given columns of {@code now}
 * @param now what became of them in this run
 * @param same the numbers, from 0, of the rows that are the same in both
 * @param unpaired in words how many rows pair, and why the others do not; empty if all do
 */
public record PairedRows(RowOutcomes before, RowOutcomes now, BitSet same, String unpaired) {}
