package org.modelvitals.examples;

import static org.modelvitals.checks.language.NextToken.maxProbabilityDifference;
import static org.modelvitals.checks.language.NextToken.meanKlDivergence;
import static org.modelvitals.checks.language.NextToken.nextToken;
import static org.modelvitals.checks.language.NextToken.nextTokens;
import static org.modelvitals.checks.language.NextToken.probability;
import static org.modelvitals.checks.language.NextToken.rank;
import static org.modelvitals.checks.language.NextToken.top1Agreement;
import static org.modelvitals.unit.Quantity.nats;
import static org.modelvitals.unit.Quantity.percent;

import org.modelvitals.suite.Check;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.HealthSuite;

/**
 * A language model of a small grammar whose true probabilities are known. After "every sailor that
 * the tired dog" comes a verb in the singular, and a plural one never does.
 */
@HealthSuite(model = "models/grammar-lm/model.onnx", tags = "language")
class GrammarHealthTest {

  @Check
  static final HealthCheck agrees_with_its_subject =
      nextToken("<bos> every sailor that the tired dog")
          .tokens("chases", "chase")
          .expect(rank("chases").isAtMost(3))
          .expect(probability("chase").isAtMost(0.001));

  @Check
  static final HealthCheck knows_the_grammar =
      nextTokens("data/grammar-truth.jsonl")
          .expect(top1Agreement().isAtLeast(percent(100)))
          .expect(maxProbabilityDifference().isAtMost(0.01))
          .expect(meanKlDivergence().isAtMost(nats(0.001)));
}
