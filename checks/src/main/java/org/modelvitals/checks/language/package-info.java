/**
 * How well a causal language model knows what comes next: after a text ({@link
 * org.modelvitals.checks.language.NextToken}), at every position of texts ({@link
 * org.modelvitals.checks.language.TokenDistribution}, {@link
 * org.modelvitals.checks.language.Perplexity}), at the end of a text ({@link
 * org.modelvitals.checks.language.Cloze}), and among answers ({@link
 * org.modelvitals.checks.language.MultipleChoice}, {@link
 * org.modelvitals.checks.language.MinimalPairs}).
 *
 * <p>Rows of tokens go through {@code RowBatches}; long texts are cut by {@code Windows}, answers
 * scored by {@code Continuations}. {@link org.modelvitals.checks.language.TextSource}, {@link
 * org.modelvitals.checks.language.LanguageSetup} and {@link
 * org.modelvitals.checks.language.TextModel} are for probes of language in other packages too.
 * Recognising models and their tokenizers is the business of {@code org.modelvitals.language}.
 */
@NullMarked
package org.modelvitals.checks.language;

import org.jspecify.annotations.NullMarked;
