package org.modelvitals.checks.slices;

import org.modelvitals.statistics.Moments;

/**
 * A slice whose losses are larger than those of all other rows by more than chance explains.
 *
 * @param loss what was lost in its rows
 * @param rest what was lost in all others
 * @param adjusted the p-value after correction for all slices that were looked at
 */
record WeakSlice(String name, Moments loss, Moments rest, double adjusted) {
  double gap() {
    return loss.mean() - rest.mean();
  }
}
