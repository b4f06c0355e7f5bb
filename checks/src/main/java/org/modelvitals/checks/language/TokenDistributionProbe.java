package org.modelvitals.checks.language;

import java.util.List;
import java.util.Set;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link TokenDistribution} declares. */
public final class TokenDistributionProbe implements ProbeType<TokenDistribution> {
  private static final String KNOWN =
      "where there is something to hold distributions against: declare 'truth' or 'golden'";

  @Override
  public String keyword() {
    return "distribution";
  }

  @Override
  public Class<TokenDistribution> specification() {
    return TokenDistribution.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "mean entropy",
            Unit.NATS,
            "Shannon's entropy, the mean over positions. Interval from the texts as clusters."),
        MeasurementInfo.number("min entropy", Unit.NATS, "The least entropy."),
        MeasurementInfo.number("max entropy", Unit.NATS, "The largest entropy."),
        MeasurementInfo.number(
            "collapsed positions",
            Unit.FRACTION,
            "The share of positions whose entropy is below the lower bound. Wilson interval."),
        MeasurementInfo.number(
            "flat positions",
            Unit.FRACTION,
            "The share of positions whose entropy is above the upper bound. Wilson interval."),
        MeasurementInfo.number(
            "dead tokens",
            Unit.NUMBER,
            "How many tokens of the tokenizer, special ones left out, stay below the floor at every"
                + " position."),
        MeasurementInfo.number(
            "tied tokens",
            Unit.NUMBER,
            "How many tokens of the tokenizer have the logit of another one at every position, to the"
                + " bit."),
        MeasurementInfo.number(
            "probability sum",
            Unit.NUMBER,
            "The sum of all probabilities in 64-bit floats, at the position where it is farthest"
                + " from 1; expected to be 1."),
        MeasurementInfo.number(
            "softmaxed positions",
            Unit.NUMBER,
            "At how many positions the outputs are probabilities already, and no logits; expected to"
                + " be none."),
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "At how many positions logits are NaN or infinity, or minus infinity all of them; expected"
                + " to be none."),
        MeasurementInfo.number(
                "mean kl divergence",
                Unit.NATS,
                "The Kullback-Leibler divergence of the known distribution from the model's, the mean"
                    + " over positions. Interval from the texts as clusters.")
            .measured(KNOWN),
        MeasurementInfo.number("max kl divergence", Unit.NATS, "The largest such divergence.")
            .measured(KNOWN),
        MeasurementInfo.number(
                "mean js divergence",
                Unit.NATS,
                "Jensen and Shannon's divergence, between 0 and ln 2 (0.693), the mean over positions."
                    + " Interval from the texts as clusters.")
            .measured(KNOWN),
        MeasurementInfo.number("max js divergence", Unit.NATS, "The largest such divergence.")
            .measured(KNOWN),
        MeasurementInfo.number(
                "mean total variation",
                Unit.NUMBER,
                "Half the sum of the distances of probabilities, the mean over positions. Interval from"
                    + " the texts as clusters.")
            .measured(KNOWN),
        MeasurementInfo.number("max total variation", Unit.NUMBER, "The largest such half sum.")
            .measured(KNOWN),
        MeasurementInfo.number(
                "max probability difference",
                Unit.NUMBER,
                "The largest distance of a token's probability from the known one.")
            .measured(KNOWN),
        MeasurementInfo.number(
                "top-1 agreement",
                Unit.FRACTION,
                "The share of positions at which the model's most probable token, and all that it finds"
                    + " as probable, are the most probable in the known distribution, or as probable."
                    + " Wilson interval.")
            .measured(KNOWN),
        MeasurementInfo.number(
                "compared positions", Unit.NUMBER, "How many positions have a known distribution.")
            .measured(KNOWN),
        MeasurementInfo.number("positions", Unit.NUMBER, "How many positions were looked at."),
        MeasurementInfo.number("vocabulary", Unit.NUMBER, "How many tokens the model knows."));
  }

  @Override
  public Set<String> unmet(TokenDistribution specification) {
    return specification.truth() == null && specification.golden() == null
        ? Set.of(KNOWN)
        : Set.of();
  }

  @Override
  public List<Expectation> implied(TokenDistribution specification) {
    return List.of(
        TokenDistribution.nonFiniteOutputs().isEqualTo(0),
        TokenDistribution.softmaxedPositions().isEqualTo(0),
        TokenDistribution.probabilitySum().isCloseTo(1, 1e-9));
  }

  @Override
  public Reading probe(TokenDistribution specification, ProbeContext context) {
    try (TextModel model = TextModel.open(context, specification.setup());
        DistributionPass pass =
            new DistributionPass(specification, context, model, Golden.updating())) {
      return pass.run();
    }
  }
}
