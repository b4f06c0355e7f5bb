package org.modelvitals.verdict;

import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;

/**
 * A measurement beside what the approved run measured.
 *
 * @param baseline what the approved run measured, in the unit of the measurement
 * @param difference by how much the measurement is more than that
 * @param interval where the true difference lies; null if that is not known
 * @param pairs how many rows were compared with themselves; 0 if none could be
 * @param worse how many of them got worse; 0 where rows have no better and worse
 * @param better how many of them got better
 * @param note how the two were compared, in words
 */
public record Compared(
    double baseline,
    double difference,
    @Nullable Interval interval,
    long pairs,
    long worse,
    long better,
    String note) {}
