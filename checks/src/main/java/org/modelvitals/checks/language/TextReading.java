package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.modelvitals.language.NextTokens;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** The measurements of what follows one text. */
final class TextReading {
  private final NextToken declaration;
  private final Tokenizer tokenizer;
  private final Truth truth;
  private final NextTokens model;
  private final Reading.Builder reading = Reading.builder();

  TextReading(NextToken declaration, Tokenizer tokenizer, Truth truth, NextTokens model) {
    this.declaration = declaration;
    this.tokenizer = tokenizer;
    this.truth = truth;
    this.model = model;
  }

  Reading make(int vocabulary) {
    Map<String, Long> tokens = tokens();
    if (model.nonFinite() > 0) {
      addUndefined(tokens);
    } else {
      addDefined(tokens);
    }
    reading
        .add(Measurement.exact("softmaxed outputs", model.softmaxed() ? 1 : 0, NUMBER))
        .add(Measurement.exact("non-finite outputs", model.nonFinite(), NUMBER))
        .add(Measurement.exact("vocabulary", vocabulary, NUMBER))
        .add(NextTokenProbe.tokenizerVocabulary(tokenizer));
    if (model.softmaxed()) {
      reading.add(Softmaxed.note("after '%s'".formatted(declaration.text())));
    }
    return reading.build();
  }

  /** The tokens to be measured by the names they were given, and the most probable ones. */
  private Map<String, Long> tokens() {
    Map<String, Long> tokens = new LinkedHashMap<>();
    declaration.tokens().forEach(name -> tokens.put(name, tokenizer.token(name)));
    declaration.truth().keySet().forEach(name -> tokens.put(name, tokenizer.token(name)));
    if (model.nonFinite() == 0) {
      for (long token : model.top(declaration.top())) {
        tokens.putIfAbsent(tokenizer.name(token), token);
      }
    }
    return tokens;
  }

  private void addUndefined(Map<String, Long> tokens) {
    String reason =
        "%,d of %,d logits are no finite numbers".formatted(model.nonFinite(), model.size());
    List<String> names = new ArrayList<>(List.of("entropy", "probability sum"));
    for (String token : tokens.keySet()) {
      names.add("rank[" + token + "]");
      names.add("probability[" + token + "]");
      names.add("log probability[" + token + "]");
    }
    if (!declaration.truth().isEmpty()) {
      names.addAll(
          List.of(
              "max probability difference", "total variation", "kl divergence", "js divergence"));
    }
    names.forEach(name -> reading.add(Measurement.undefined(name, unit(name), 1, reason)));
    reading.add(Measurement.undefined("top token", NUMBER, 1, reason));
    reading.add(Measurement.undefined("top tokens", NUMBER, 1, reason));
    reading.add(new Evidence.Note("Logits that are no finite numbers", reason));
  }

  private static Unit unit(String name) {
    return name.startsWith("entropy") || name.startsWith("log") || name.endsWith("divergence")
        ? NATS
        : NUMBER;
  }

  private void addDefined(Map<String, Long> tokens) {
    long top = model.top(1).get(0);
    reading.add(topTokens("top token", 1));
    reading.add(topTokens("top tokens", declaration.top()));
    reading.add(Measurement.exact("entropy", model.entropy(), NATS));
    tokens.forEach(
        (name, token) ->
            reading
                .add(Measurement.exact("rank[" + name + "]", model.rank(token), NUMBER))
                .add(
                    Measurement.exact(
                        "probability[" + name + "]", model.probability(token), NUMBER))
                .add(
                    Measurement.exact(
                        "log probability[" + name + "]", model.logProbability(token), NATS)));
    if (!declaration.truth().isEmpty()) {
      addTruth();
    }
    reading.add(Measurement.exact("probability sum", model.sum(), NUMBER));
    reading.add(bars(tokens, top));
  }

  private Measurement topTokens(String name, int count) {
    if (!model.isTopDecided(count)) {
      List<Long> next = model.top(count + 1);
      return Measurement.undefined(
          name,
          NUMBER,
          1,
          "'%s' and '%s' are equally probable, and there is but one place left among the %s"
              .formatted(
                  tokenizer.name(next.get(count - 1)),
                  tokenizer.name(next.get(count)),
                  count == 1 ? "most probable" : count + " most probable"));
    }
    return Measurement.text(
        name, model.top(count).stream().map(tokenizer::name).collect(Collectors.joining(", ")));
  }

  private void addTruth() {
    long farthest = truth.farthest(model);
    reading.add(
        Measurement.exact("max probability difference", truth.distance(model, farthest), NUMBER)
            .note("for '" + tokenizer.name(farthest) + "'"));
    if (truth.isComplete()) {
      reading.add(Measurement.exact("total variation", truth.totalVariation(model), NUMBER));
      reading.add(Measurement.exact("kl divergence", truth.divergence(model), NATS));
      reading.add(Measurement.exact("js divergence", truth.jsDivergence(model), NATS));
    } else {
      String reason = "the true probabilities sum to %s, not to 1".formatted(truth.sum());
      reading.add(Measurement.undefined("total variation", NUMBER, 1, reason));
      reading.add(Measurement.undefined("kl divergence", NATS, 1, reason));
      reading.add(Measurement.undefined("js divergence", NATS, 1, reason));
    }
  }

  private Evidence bars(Map<String, Long> tokens, long top) {
    int others = model.leaders().size() - 1;
    return new Evidence.Bars(
        "Next token",
        String.format(
            Locale.ROOT,
            "the most probable token after '%s' is '%s' with probability %.4f%s",
            declaration.text(),
            tokenizer.name(top),
            model.probability(top),
            others == 0
                ? ""
                : String.format(Locale.ROOT, ", and %,d others are as probable", others)),
        NUMBER,
        tokens.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    (Map.Entry<String, Long> entry) -> -model.probability(entry.getValue())))
            .map(
                entry ->
                    new Evidence.Bars.Bar(
                        entry.getKey(),
                        model.probability(entry.getValue()),
                        truth.probabilities().get(entry.getValue())))
            .toList());
  }
}
