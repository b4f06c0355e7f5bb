package org.modelvitals.checks.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.NextTokens;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link NextToken} declares. */
public final class NextTokenProbe implements ProbeType<NextToken> {

  @Override
  public String keyword() {
    return "next-token";
  }

  @Override
  public Class<NextToken> specification() {
    return NextToken.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.text("top token", "The most probable token, without blanks around it."),
        MeasurementInfo.number(
            "entropy", Unit.NATS, "Shannon's entropy of the next token's distribution."),
        MeasurementInfo.ofParts(
            "rank",
            "token",
            Unit.NUMBER,
            "A token's place in the order of probability, from 1. Measured for the declared tokens,"
                + " those of the truth, and the most probable ones."),
        MeasurementInfo.ofParts(
            "probability",
            "token",
            Unit.NUMBER,
            "A token's probability: softmax of the logits in double precision."),
        MeasurementInfo.ofParts(
            "log probability",
            "token",
            Unit.NATS,
            "The natural logarithm of a token's probability."),
        MeasurementInfo.number(
            "max probability difference",
            Unit.NUMBER,
            "The largest distance of a token's probability from its true one, over all texts;"
                + " tokens that a complete truth does not name have the probability 0."),
        MeasurementInfo.number(
            "total variation",
            Unit.NUMBER,
            "Half the sum over all tokens of the distances from the true probabilities."),
        MeasurementInfo.number(
            "kl divergence",
            Unit.NATS,
            "The Kullback-Leibler divergence of the truth from the model."),
        MeasurementInfo.number(
            "mean kl divergence",
            Unit.NATS,
            "The mean over texts of the Kullback-Leibler divergence of the truth from the model. t"
                + " interval."),
        MeasurementInfo.number(
            "mean total variation",
            Unit.NUMBER,
            "The mean total variation over texts. t interval."),
        MeasurementInfo.number(
            "mean entropy", Unit.NATS, "The mean entropy over texts. t interval."),
        MeasurementInfo.number(
            "top-1 agreement",
            Unit.FRACTION,
            "The share of texts after which the model's most probable token is truly the most"
                + " probable, or as probable as that one. Wilson interval."),
        MeasurementInfo.number(
            "probability sum",
            Unit.NUMBER,
            "The sum of all probabilities, of several texts the one farthest from 1; expected to be"
                + " 1."),
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "How many logits, or texts with such logits, are NaN or infinite; expected to be none."),
        MeasurementInfo.number("texts", Unit.NUMBER, "How many texts were read."),
        MeasurementInfo.number("vocabulary", Unit.NUMBER, "How many tokens the model knows."),
        MeasurementInfo.number(
            "tokenizer vocabulary", Unit.NUMBER, "How many tokens the tokenizer has."));
  }

  @Override
  public List<Expectation> implied(NextToken specification) {
    return List.of(
        NextToken.nonFiniteOutputs().isEqualTo(0), NextToken.probabilitySum().isCloseTo(1, 1e-9));
  }

  @Override
  public Reading probe(NextToken specification, ProbeContext context) {
    try (Tokenizer tokenizer = Tokenizers.open(tokenizerFile(specification, context))) {
      LanguageInputs names = specification.inputs();
      LanguageModel model =
          LanguageModel.of(context.model(), names == null ? LanguageInputs.CONVENTION : names);
      String text = specification.text();
      String data = specification.data();
      return text != null
          ? one(specification, text, model, tokenizer)
          : many(specification, context, context.resolve(String.valueOf(data)), model, tokenizer);
    } catch (IllegalArgumentException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Path tokenizerFile(NextToken specification, ProbeContext context) {
    @Nullable String file = specification.tokenizer();
    if (file != null) {
      return context.resolve(file);
    }
    Path beside = context.modelFile().path().resolveSibling("tokenizer.json");
    if (!Files.exists(beside)) {
      throw new ProbeException(
          "there is no tokenizer.json beside the model; name one with 'tokenizer'");
    }
    return beside;
  }

  private static Reading one(
      NextToken specification, String text, LanguageModel model, Tokenizer tokenizer) {
    Truth truth = Truth.of(specification.truth(), tokenizer);
    List<Long> measured = new ArrayList<>(truth.probabilities().keySet());
    specification.tokens().forEach(name -> measured.add(tokenizer.token(name)));
    requireKnown(measured, model, tokenizer);
    NextTokens next = next(specification, text, model, tokenizer);
    return new TextReading(specification, tokenizer, truth, next).make(model.vocabulary());
  }

  private static NextTokens next(
      NextToken specification, String text, LanguageModel model, Tokenizer tokenizer) {
    long[] ids = tokenizer.encode(text, specification.special());
    model.requireKnown(text, ids, tokenizer);
    return model.next(ids);
  }

  private static void requireKnown(List<Long> tokens, LanguageModel model, Tokenizer tokenizer) {
    for (long token : tokens) {
      model.requireKnown(tokenizer.decode(token), new long[] {token}, tokenizer);
    }
  }

  private static Reading many(
      NextToken specification,
      ProbeContext context,
      Path file,
      LanguageModel model,
      Tokenizer tokenizer) {
    if (!specification.truth().isEmpty() || !specification.tokens().isEmpty()) {
      throw new ProbeException(
          "'truth' and 'tokens' go with 'text'; the lines of 'data' have a truth of their own");
    }
    TruthTally tally = new TruthTally();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          String where = file.getFileName() + ":" + number;
          add(tally, specification, TruthLine.parse(line, where), number, where, model, tokenizer);
          context.progress().at(number, -1, "texts");
        }
      }
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return tally.finish(model.vocabulary(), tokenizer.size());
  }

  private static void add(
      TruthTally tally,
      NextToken specification,
      TruthLine line,
      long number,
      String where,
      LanguageModel model,
      Tokenizer tokenizer) {
    try {
      Truth truth = Truth.of(line.next(), tokenizer);
      if (!truth.isComplete()) {
        throw new IllegalArgumentException(
            "the true probabilities sum to %s; expected 1".formatted(truth.sum()));
      }
      requireKnown(List.copyOf(truth.probabilities().keySet()), model, tokenizer);
      tally.add(
          number, where, truth, next(specification, line.text(), model, tokenizer), tokenizer);
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(where, e.getMessage()), e);
    }
  }
}
