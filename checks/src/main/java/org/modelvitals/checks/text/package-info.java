/**
 * Scores of texts against texts, without any model: {@link org.modelvitals.checks.text.Bleu BLEU},
 * {@link org.modelvitals.checks.text.Chrf chrF} and {@link org.modelvitals.checks.text.Ter TER} as
 * sacreBLEU computes them, {@link org.modelvitals.checks.text.Rouge ROUGE} as rouge_score does,
 * {@link org.modelvitals.checks.text.SquadScore SQuAD}'s exact match and F1, and {@link
 * org.modelvitals.checks.text.Diversity} of generated tokens.
 */
@NullMarked
package org.modelvitals.checks.text;

import org.jspecify.annotations.NullMarked;
