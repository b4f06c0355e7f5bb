/**
 * Checks that find broken exports of language models without labels: tokenizer and model must fit,
 * and logits must not depend on what they should not depend on, such as later tokens, padding, the
 * rest of the batch, or how much of the text came from the cache. Where nothing is given, sequences
 * of tokens are drawn, so that a check needs nothing but the model.
 */
@NullMarked
package org.modelvitals.checks.export;

import org.jspecify.annotations.NullMarked;
