package org.modelvitals.checks.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.modelvitals.data.DataException;
import org.modelvitals.language.NextTokens;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link NextToken} declares. */
public final class NextTokenProbe implements ProbeType<NextToken> {
  private static final String TOKEN =
      "for the most probable tokens, and for those that 'tokens' or 'truth' names beside 'text'";
  private static final String TRUTH =
      "where 'truth' is declared beside 'text', or 'next' stands in the lines of 'data'";
  private static final String TRUTH_OF_TEXT = "where 'truth' is declared beside 'text'";
  private static final String TRUTHS = "where 'next' stands in the lines of 'data'";
  private static final String DATA = "over the lines of 'data'";
  private static final String TEXT = "after one 'text'";
  private static final String EXPECTED = "where 'expected' stands in the lines of 'data'";
  private static final String FORBIDDEN = "where 'forbidden' stands in the lines of 'data'";

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
        MeasurementInfo.text(
                "top token",
                "The most probable token, without blanks around it; undefined if several are.")
            .measured(TEXT),
        MeasurementInfo.text(
                "top tokens",
                "The most probable tokens, as many as 'top' says, the most probable first; for conditions"
                    + " such as 'contains a, b', 'only a, b, c' and 'none of x'.")
            .measured(TEXT),
        MeasurementInfo.number(
                "entropy", Unit.NATS, "Shannon's entropy of the next token's distribution.")
            .measured(TEXT),
        MeasurementInfo.ofParts(
                "rank",
                "token",
                Unit.NUMBER,
                "A token's place in the order of probability, from 1; of equal ones the last. Measured for the declared tokens,"
                    + " those of the truth, and the most probable ones.")
            .measured(TOKEN),
        MeasurementInfo.ofParts(
                "probability",
                "token",
                Unit.NUMBER,
                "A token's probability: softmax of the logits in double precision.")
            .measured(TOKEN),
        MeasurementInfo.ofParts(
                "log probability",
                "token",
                Unit.NATS,
                "The natural logarithm of a token's probability.")
            .measured(TOKEN),
        MeasurementInfo.number(
                "max probability difference",
                Unit.NUMBER,
                "The largest distance of a token's probability from its true one, over all texts;"
                    + " tokens that a complete truth does not name have the probability 0.")
            .measured(TRUTH),
        MeasurementInfo.number(
                "total variation",
                Unit.NUMBER,
                "Half the sum over all tokens of the distances from the true probabilities.")
            .measured(TRUTH_OF_TEXT),
        MeasurementInfo.number(
                "kl divergence",
                Unit.NATS,
                "The Kullback-Leibler divergence of the truth from the model.")
            .measured(TRUTH_OF_TEXT),
        MeasurementInfo.number(
                "js divergence",
                Unit.NATS,
                "The Jensen-Shannon divergence of the truth and the model, between 0 and ln 2 (0.693).")
            .measured(TRUTH_OF_TEXT),
        MeasurementInfo.number(
                "mean kl divergence",
                Unit.NATS,
                "The mean over texts of the Kullback-Leibler divergence of the truth from the model. t"
                    + " interval.")
            .measured(TRUTHS),
        MeasurementInfo.number(
                "mean js divergence",
                Unit.NATS,
                "The mean over texts of the Jensen-Shannon divergence. t interval.")
            .measured(TRUTHS),
        MeasurementInfo.number(
                "mean total variation",
                Unit.NUMBER,
                "The mean total variation over texts. t interval.")
            .measured(TRUTHS),
        MeasurementInfo.number(
                "mean entropy", Unit.NATS, "The mean entropy over texts. t interval.")
            .measured(DATA),
        MeasurementInfo.number(
                "top-1 agreement",
                Unit.FRACTION,
                "The share of texts after which the model's most probable token, and all that it finds as"
                    + " probable, are truly the most probable or as probable as that one. Wilson"
                    + " interval.")
            .measured(TRUTHS),
        MeasurementInfo.ofParts(
                "top-k accuracy",
                "k",
                Unit.FRACTION,
                "The share of texts with an expected token that is among the k most probable, for k = 1"
                    + " and 'top'. Wilson interval.")
            .measured(EXPECTED),
        MeasurementInfo.number(
                "worst expected rank",
                Unit.NUMBER,
                "The lowest place of an expected token in the order of probability, over all texts.")
            .measured(EXPECTED),
        MeasurementInfo.number(
                "min expected probability",
                Unit.NUMBER,
                "The least probability of an expected token, over all texts.")
            .measured(EXPECTED),
        MeasurementInfo.number(
                "mean expected log probability",
                Unit.NATS,
                "The mean logarithm of the probability of the expected token. t interval.")
            .measured(EXPECTED),
        MeasurementInfo.number(
                "max forbidden probability",
                Unit.NUMBER,
                "The largest probability of a forbidden token, over all texts.")
            .measured(FORBIDDEN),
        MeasurementInfo.number(
            "probability sum",
            Unit.NUMBER,
            "The sum of all probabilities, of several texts the one farthest from 1; expected to be"
                + " 1."),
        MeasurementInfo.number(
            "softmaxed outputs",
            Unit.NUMBER,
            "After how many texts the outputs are probabilities already, and no logits; expected to be"
                + " none."),
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "How many logits, or texts with such logits, are NaN or infinity, or minus infinity all of"
                + " them; expected to be none."),
        MeasurementInfo.number("texts", Unit.NUMBER, "How many texts were read.").measured(DATA),
        MeasurementInfo.number("vocabulary", Unit.NUMBER, "How many tokens the model knows."),
        MeasurementInfo.number(
            "tokenizer vocabulary", Unit.NUMBER, "How many tokens the tokenizer has."));
  }

  /** What the lines of data hold is not known before they are read. */
  @Override
  public Set<String> unmet(NextToken specification) {
    if (specification.data() != null) {
      return Set.of(TEXT, TOKEN, TRUTH_OF_TEXT);
    }
    return specification.truth().isEmpty()
        ? Set.of(DATA, TRUTHS, EXPECTED, FORBIDDEN, TRUTH, TRUTH_OF_TEXT)
        : Set.of(DATA, TRUTHS, EXPECTED, FORBIDDEN);
  }

  @Override
  public List<Expectation> implied(NextToken specification) {
    return List.of(
        NextToken.nonFiniteOutputs().isEqualTo(0),
        NextToken.softmaxedOutputs().isEqualTo(0),
        NextToken.probabilitySum().isCloseTo(1, 1e-9));
  }

  @Override
  public Reading probe(NextToken specification, ProbeContext context) {
    LanguageSetup setup =
        new LanguageSetup(specification.tokenizer(), specification.inputs(), null);
    try (TextModel model = TextModel.open(context, setup)) {
      String text = specification.text();
      String data = specification.data();
      return text != null
          ? one(specification, text, model)
          : many(specification, context, context.resolve(String.valueOf(data)), model);
    } catch (IllegalArgumentException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
  }

  static Measurement tokenizerVocabulary(Tokenizer tokenizer) {
    String name = "tokenizer vocabulary";
    return tokenizer.readsTexts()
        ? Measurement.exact(name, tokenizer.size(), Unit.NUMBER)
        : Measurement.undefined(name, Unit.NUMBER, 0, "there is no tokenizer");
  }

  private static Reading one(NextToken specification, String text, TextModel model) {
    Tokenizer tokenizer = model.tokenizer();
    Truth truth = Truth.of(specification.truth(), tokenizer);
    List<Long> measured = new ArrayList<>(truth.probabilities().keySet());
    specification.tokens().forEach(name -> measured.add(tokenizer.token(name)));
    requireKnown(measured, model);
    NextTokens next = next(specification, text, model);
    return new TextReading(specification, tokenizer, truth, next).make(model.model().vocabulary());
  }

  private static NextTokens next(NextToken specification, String text, TextModel model) {
    return model.model().next(model.encode(text, specification.special()));
  }

  private static void requireKnown(List<Long> tokens, TextModel model) {
    for (long token : tokens) {
      model
          .model()
          .requireKnown(model.tokenizer().decode(token), new long[] {token}, model.tokenizer());
    }
  }

  private static Reading many(
      NextToken specification, ProbeContext context, Path file, TextModel model) {
    if (!specification.truth().isEmpty() || !specification.tokens().isEmpty()) {
      throw new ProbeException(
          "'truth' and 'tokens' go with 'text'; the lines of 'data' have a truth of their own");
    }
    Tallies tallies = new Tallies(specification.top());
    boolean empty = true;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          empty = false;
          String where = file.getFileName() + ":" + number;
          tallies.add(
              specification,
              TruthLine.parse(line, where, model.tokenizer().readsTexts()),
              number,
              where,
              model);
          context.progress().at(number, -1, "texts");
        }
      }
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (empty) {
      throw new DataException(file.getFileName() + " has no rows");
    }
    return tallies.truth.finish(model.model().vocabulary(), model.tokenizer(), tallies.expected);
  }

  /** What all texts together are held against. */
  private static final class Tallies {
    private final TruthTally truth = new TruthTally();
    private final ExpectedTally expected;

    Tallies(int top) {
      expected = new ExpectedTally(top);
    }

    void add(NextToken specification, TruthLine line, long number, String where, TextModel model) {
      try {
        Truth truths = line.next().isEmpty() ? null : truth(line, model);
        long[] wanted = line.expected().stream().mapToLong(model::token).toArray();
        long[] unwanted = line.forbidden().stream().mapToLong(model::token).toArray();
        NextTokens next = next(specification, line.text(), model);
        truth.add(number, where, truths, next, model.tokenizer());
        expected.add(number, where, wanted, unwanted, next, model.tokenizer());
      } catch (IllegalArgumentException | DataException e) {
        throw new DataException("%s: %s".formatted(where, e.getMessage()), e);
      } catch (ModelException e) {
        throw new ModelException(e.reason(), "%s: %s".formatted(where, e.getMessage()), e);
      }
    }

    private static Truth truth(TruthLine line, TextModel model) {
      Truth truth = Truth.of(line.next(), model.tokenizer());
      if (!truth.isComplete()) {
        throw new IllegalArgumentException(
            "the true probabilities sum to %s; expected 1".formatted(truth.sum()));
      }
      requireKnown(List.copyOf(truth.probabilities().keySet()), model);
      return truth;
    }
  }
}
