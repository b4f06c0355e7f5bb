/**
 * Causal language models and their tokenizers: what inputs a model wants, fed from token ids, and
 * the distribution of the next token that it gives. Knows models by their signature; knows nothing
 * of probes or verdicts.
 */
@NullMarked
package org.modelvitals.language;

import org.jspecify.annotations.NullMarked;
