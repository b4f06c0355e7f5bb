/**
 * How well a language model knows what comes next: {@link
 * org.modelvitals.checks.language.NextToken}. Recognising models and their tokenizers is the
 * business of {@code org.modelvitals.language}.
 */
@NullMarked
package org.modelvitals.checks.language;

import org.jspecify.annotations.NullMarked;
