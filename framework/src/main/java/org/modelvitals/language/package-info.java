/**
 * Language models and their tokenizers. {@link org.modelvitals.language.LanguageModel} recognises
 * what the inputs of a causal model are for and scores batches of tokens; {@link
 * org.modelvitals.language.Decoding} feeds tokens in several calls over the model's cache; {@link
 * org.modelvitals.language.SequenceToSequence} is a pair of encoder and decoder; {@link
 * org.modelvitals.language.Generator} lets either write. Knows models by their signature; knows
 * nothing of probes or verdicts.
 */
@NullMarked
package org.modelvitals.language;

import org.jspecify.annotations.NullMarked;
