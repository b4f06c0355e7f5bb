package org.modelvitals.examples;

import static org.modelvitals.checks.export.CacheEquivalence.cacheEquivalence;
import static org.modelvitals.checks.export.Causality.causality;
import static org.modelvitals.checks.export.LanguageDeterminism.languageDeterminism;
import static org.modelvitals.checks.export.PaddingInvariance.paddingInvariance;
import static org.modelvitals.checks.language.Perplexity.bitsPerByte;
import static org.modelvitals.checks.language.Perplexity.perplexity;
import static org.modelvitals.checks.language.Perplexity.perplexityOver;
import static org.modelvitals.data.DataSpec.jsonl;
import static org.modelvitals.unit.Quantity.bits;

import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.HealthSuite;
import org.modelvitals.suite.ProbeSpec;

/**
 * Is it still the model that was exported? Copy this for a model of your own: the first four checks
 * need nothing but the file, the last one texts that the model has not seen.
 */
@HealthSuite(
    model = "models/grammar-lm/model_with_past.onnx",
    tags = {"language", "export"})
class LanguageModelHealthTest {

  @Check static final ProbeSpec does_not_see_the_future = causality();

  @Check static final ProbeSpec remembers_what_it_read = cacheEquivalence();

  @Check static final ProbeSpec minds_its_own_row = paddingInvariance();

  @Check static final ProbeSpec says_the_same_every_time = languageDeterminism();

  @Check
  static final HealthCheck predicts_unseen_texts =
      perplexityOver(jsonl("data/grammar-corpus.jsonl"))
          .expect(perplexity().isAtMost(6.6))
          .expect(bitsPerByte().isAtMost(bits(0.5)));
}
