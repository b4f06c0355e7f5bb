package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.TokenRows;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link LanguageParity} declares. */
public final class LanguageParityProbe implements ProbeType<LanguageParity> {

  @Override
  public String keyword() {
    return "language-parity";
  }

  @Override
  public Class<LanguageParity> specification() {
    return LanguageParity.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "mean kl divergence",
            NATS,
            "The mean over positions of the Kullback-Leibler divergence of the reference from the"
                + " model; expected to be at most what is declared. Interval robust to dependence"
                + " within a sequence."),
        MeasurementInfo.number(
            "max kl divergence", NATS, "The largest divergence after any position."),
        MeasurementInfo.number(
            "mean js divergence",
            NATS,
            "The mean over positions of the Jensen-Shannon divergence, between 0 and ln 2."),
        MeasurementInfo.number(
            "top-1 agreement",
            FRACTION,
            "The share of positions after which both have the same most probable token. Wilson"
                + " interval."),
        MeasurementInfo.number(
            Findings.MAX_DIFFERENCE, NUMBER, "The largest difference of a logit."),
        MeasurementInfo.number(
            "mean difference", NUMBER, "The mean absolute difference of all logits."),
        MeasurementInfo.number(
            "perplexity",
            NUMBER,
            "The model's perplexity of the sequences: e to the mean of -ln p of each token after"
                + " the first."),
        MeasurementInfo.number(
            "reference perplexity", NUMBER, "The reference's perplexity of the same tokens."),
        MeasurementInfo.number(
            "perplexity ratio",
            NUMBER,
            "The first divided by the second, with the interval of the paired difference."),
        MeasurementInfo.number(
            "non-finite outputs",
            NUMBER,
            "Positions where the model's logits are NaN or infinite, or minus infinity for a token"
                + " that the reference lets come; expected to be none."),
        MeasurementInfo.number(
            "non-finite reference",
            NUMBER,
            "Positions where the same is so of the reference; expected to be none."),
        MeasurementInfo.text(
            "first disagreement",
            "The first position after which the most probable tokens differ; none if there is no"
                + " such position."),
        MeasurementInfo.number(Findings.POSITIONS, NUMBER, "How many positions were compared."));
  }

  @Override
  public List<Expectation> implied(LanguageParity specification) {
    return List.of(
        LanguageParity.meanKlDivergence().isAtMost(specification.divergence()),
        LanguageParity.nonFiniteOutputs().isEqualTo(0),
        LanguageParity.nonFiniteReference().isEqualTo(0));
  }

  @Override
  public Reading probe(LanguageParity specification, ProbeContext context) {
    try (Subject subject = Subject.open(specification.on(), null, context);
        Model other = reference(specification, context)) {
      LanguageInputs inputs =
          specification.referenceInputs() != null
              ? specification.referenceInputs()
              : specification.reference() == null ? specification.on().inputs() : null;
      LanguageModel reference =
          LanguageModel.of(other, inputs == null ? LanguageInputs.CONVENTION : inputs);
      int vocabulary = subject.model().vocabulary();
      if (reference.vocabulary() != vocabulary) {
        throw new ProbeException(
            "the model knows %d tokens and the reference %d, so that their distributions cannot be"
                    .formatted(vocabulary, reference.vocabulary())
                + " compared");
      }
      ParityTally tally = new ParityTally(vocabulary, specification.top());
      long done = 0;
      try (Decoding decoding = reference.decoding()) {
        for (Optional<Prompt> next = subject.prompts().next();
            next.isPresent();
            next = subject.prompts().next()) {
          Prompt prompt = next.get();
          tally.add(prompt, subject.expected(prompt), decoding.prefill(TokenRows.of(prompt.ids())));
          subject.progress(++done, "sequences");
        }
      }
      return tally.finish();
    }
  }

  private static Model reference(LanguageParity specification, ProbeContext context) {
    String file = specification.reference();
    DeviceSpec device = specification.device();
    if (device == null && file != null) {
      return context.model(file);
    }
    Path path = file == null ? context.modelFile().path() : context.resolve(file);
    return context.ownModel(path, device == null ? context.device() : device, context.session());
  }
}
