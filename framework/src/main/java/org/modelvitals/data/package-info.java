/**
 * Datasets and how their rows become input tensors, streamed in constant memory. Knows models only
 * by their signature; knows nothing of probes or verdicts.
 *
 * <p>A {@code RowSource} reads the rows of one format into cells. A {@code Binding} finds out where
 * each input comes from and makes one {@code InputFiller} for it, which turns cells, or nothing,
 * into a tensor. A {@code RowFeed} drives both, batch after batch, in memory that is used again.
 */
@NullMarked
package org.modelvitals.data;

import org.jspecify.annotations.NullMarked;
