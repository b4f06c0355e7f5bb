/**
 * What a language model writes: {@link org.modelvitals.checks.generation.Generation} of any kind,
 * {@link org.modelvitals.checks.generation.QuestionAnswering}, {@link
 * org.modelvitals.checks.generation.Translation}, {@link
 * org.modelvitals.checks.generation.Summarization} and {@link
 * org.modelvitals.checks.generation.StructuredOutput}. They share {@link
 * org.modelvitals.checks.generation.Prompts}, what the model is asked; the scores themselves are
 * those of {@code org.modelvitals.checks.text}.
 */
@NullMarked
package org.modelvitals.checks.generation;

import org.jspecify.annotations.NullMarked;
