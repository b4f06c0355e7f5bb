package org.modelvitals.examples;

import static org.modelvitals.checks.export.CacheEquivalence.cacheEquivalence;
import static org.modelvitals.checks.export.Causality.causality;
import static org.modelvitals.checks.export.LanguageDeterminism.languageDeterminism;
import static org.modelvitals.checks.export.PaddingInvariance.paddingInvariance;
import static org.modelvitals.checks.export.PositionLimits.positionLimits;
import static org.modelvitals.checks.export.TokenizerAgreement.tokenizerAgreement;
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
 * Is it still the model that was exported? Copy this for a model of your own: all checks but the
 * last need nothing but its files; that one needs texts that the model has not seen.
 */
@HealthSuite(
    model = "models/grammar-lm/model_with_past.onnx",
    tags = {"language", "export"})
class LanguageModelHealthTest {

  @Check static final ProbeSpec agrees_with_its_tokenizer = tokenizerAgreement();

  @Check static final ProbeSpec does_not_see_the_future = causality();

  @Check static final ProbeSpec remembers_what_it_read = cacheEquivalence();

  @Check static final ProbeSpec minds_its_own_row = paddingInvariance();

  @Check static final ProbeSpec says_the_same_every_time = languageDeterminism();

  @Check static final ProbeSpec knows_its_limits = positionLimits();

  @Check
  static final HealthCheck predicts_unseen_texts =
      perplexityOver(jsonl("data/grammar-corpus.jsonl"))
          .expect(perplexity().isAtMost(6.6))
          .expect(bitsPerByte().isAtMost(bits(0.5)));
}
