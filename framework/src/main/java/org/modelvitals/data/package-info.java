/**
 * Datasets and how their rows become input tensors, streamed in constant memory. Knows models only
 * by their signature; knows nothing of probes or verdicts.
 */
@NullMarked
package org.modelvitals.data;

import org.jspecify.annotations.NullMarked;
