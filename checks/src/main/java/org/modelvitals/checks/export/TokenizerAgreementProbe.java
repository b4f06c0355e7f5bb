package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.modelvitals.checks.language.TextSource;
import org.modelvitals.checks.language.Texts;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import tools.jackson.databind.JsonNode;

/** The probe that {@link TokenizerAgreement} declares. */
public final class TokenizerAgreementProbe implements ProbeType<TokenizerAgreement> {
  private static final int KEPT = 20;
  private static final int TOLD = 3;

  /** The share of logits that may wait for tokens to come. */
  private static final double RESERVED = 0.02;

  private static final String VOCABULARY = "vocabulary";
  private static final String SPECIAL = "special tokens";
  private static final String TEMPLATE = "chat template";

  @Override
  public String keyword() {
    return "tokenizer";
  }

  @Override
  public Class<TokenizerAgreement> specification() {
    return TokenizerAgreement.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "ids out of range",
            NUMBER,
            "Tokens whose id the model does not know; expected to be none."),
        MeasurementInfo.number(
            "duplicate ids", NUMBER, "Ids that several tokens have; expected to be none."),
        MeasurementInfo.withParts(
            "problems",
            "vocabulary, special tokens or chat template",
            NUMBER,
            "What the configuration files say that is not so; expected to be nothing."),
        MeasurementInfo.number(
            "round trip failures",
            NUMBER,
            "Texts that do not come back from encoding and decoding; expected to be none, unless"
                + " the round trip is only measured."),
        MeasurementInfo.number(
            "round trip", FRACTION, "The share of texts that come back. Wilson interval."),
        MeasurementInfo.number(
            "unknown tokens",
            FRACTION,
            "The share of the texts' tokens that stand for what is not in the vocabulary. Wilson"
                + " interval."),
        MeasurementInfo.text("chat template", "Whether there is one: present or absent."),
        MeasurementInfo.number(
            "vocabulary", NUMBER, "How many tokens the model knows: the width of its logits."),
        MeasurementInfo.number(
            "tokenizer vocabulary",
            NUMBER,
            "How many tokens the tokenizer has, those added later among them."),
        MeasurementInfo.number("highest id", NUMBER, "The highest id of a token."),
        MeasurementInfo.number(
            "unused logits",
            NUMBER,
            "Ids that the model knows and no token has; padding of the vocabulary, mostly."));
  }

  @Override
  public List<Expectation> implied(TokenizerAgreement specification) {
    List<Expectation> implied =
        new ArrayList<>(
            List.of(
                TokenizerAgreement.idsOutOfRange().isEqualTo(0),
                TokenizerAgreement.duplicateIds().isEqualTo(0),
                TokenizerAgreement.problems().isEqualTo(0)));
    if (specification.roundTrip() != RoundTrip.Fidelity.MEASURED) {
      implied.add(TokenizerAgreement.roundTripFailures().isEqualTo(0));
    }
    return implied;
  }

  @Override
  public Reading probe(TokenizerAgreement specification, ProbeContext context) {
    Sequences on = specification.on();
    LanguageInputs inputs = on.inputs();
    LanguageModel model =
        LanguageModel.of(context.model(), inputs == null ? LanguageInputs.CONVENTION : inputs);
    Path file =
        Subject.tokenizerFile(on.tokenizer(), context)
            .orElseThrow(
                () ->
                    new ProbeException(
                        "there is no tokenizer.json beside the model; name one with 'tokenizer'"));
    ExportFiles files = ExportFiles.beside(file, context.modelFile().path());
    try (Tokenizer tokenizer = Subject.tokenizer(file)) {
      int width = model.vocabulary();
      Reading.Builder reading = Reading.builder();
      vocabulary(reading, tokenizer, width);
      Optional<String> template = ChatTemplate.find(files);
      Map<String, List<String>> problems = new LinkedHashMap<>();
      problems.put(
          VOCABULARY,
          Stream.concat(declared(files, width).stream(), unused(tokenizer, width).stream())
              .toList());
      problems.put(SPECIAL, SpecialTokens.problems(files, tokenizer, width));
      problems.put(
          TEMPLATE, ChatTemplate.problems(template, specification.chatTemplate(), tokenizer));
      problems(reading, problems);
      RoundTrip roundTrip = new RoundTrip(tokenizer, specification.roundTrip());
      roundTrip(roundTrip, on, model, tokenizer, files, context);
      roundTrip.addTo(reading);
      reading.add(Measurement.text("chat template", template.isPresent() ? "present" : "absent"));
      return reading.build();
    }
  }

  private static void vocabulary(Reading.Builder reading, Tokenizer tokenizer, int width) {
    TreeMap<Long, List<String>> tokens = new TreeMap<>();
    tokenizer
        .vocabulary()
        .forEach((token, id) -> tokens.computeIfAbsent(id, key -> new ArrayList<>()).add(token));
    Map<Long, List<String>> beyond = tokens.tailMap((long) width, true);
    List<Map.Entry<Long, List<String>>> twice =
        tokens.entrySet().stream().filter(entry -> entry.getValue().size() > 1).toList();
    reading.add(Measurement.exact("ids out of range", beyond.size(), NUMBER));
    reading.add(Measurement.exact("duplicate ids", twice.size(), NUMBER));
    reading.add(Measurement.exact("vocabulary", width, NUMBER));
    reading.add(Measurement.exact("tokenizer vocabulary", tokenizer.vocabulary().size(), NUMBER));
    reading.add(Measurement.exact("highest id", (double) tokens.lastKey(), NUMBER));
    reading.add(
        Measurement.exact(
            "unused logits", width - (double) tokens.headMap((long) width, false).size(), NUMBER));
    if (!beyond.isEmpty()) {
      Map.Entry<Long, List<String>> first = beyond.entrySet().iterator().next();
      reading.add(
          new Evidence.Table(
              "Tokens that the model does not know",
              String.format(
                  Locale.ROOT,
                  "the model knows %,d tokens, the tokenizer has %,d%s with ids up to %,d: %,d are out"
                      + " of the model's range, the first of which is %d ('%s')",
                  width,
                  tokenizer.size(),
                  added(tokenizer),
                  tokens.lastKey(),
                  beyond.size(),
                  first.getKey(),
                  first.getValue().get(0)),
              List.of("id", "token"),
              beyond.entrySet().stream()
                  .limit(KEPT)
                  .map(entry -> List.of(entry.getKey().toString(), entry.getValue().get(0)))
                  .toList()));
    }
    if (!twice.isEmpty()) {
      Map.Entry<Long, List<String>> first = twice.get(0);
      reading.add(
          new Evidence.Table(
              "Ids that several tokens have",
              "the id %d is that of '%s'"
                  .formatted(first.getKey(), String.join("' and '", sorted(first.getValue()))),
              List.of("id", "tokens"),
              twice.stream()
                  .limit(KEPT)
                  .map(
                      entry ->
                          List.of(
                              entry.getKey().toString(),
                              String.join(", ", sorted(entry.getValue()))))
                  .toList()));
    }
  }

  private static List<String> sorted(List<String> tokens) {
    return tokens.stream().sorted(Comparator.naturalOrder()).toList();
  }

  private static String added(Tokenizer tokenizer) {
    int added = tokenizer.vocabulary().size() - tokenizer.size();
    return added == 0 ? "" : String.format(Locale.ROOT, " and %,d added ones", added);
  }

  /** A vocabulary size in the configuration that is not the width of the logits. */
  private static List<String> declared(ExportFiles files, int width) {
    return Stream.of(ExportFiles.CONFIG, ExportFiles.GENAI)
        .flatMap(
            file -> {
              JsonNode root = files.json(file);
              return Stream.of(root, root.path("text_config"), root.path("model"))
                  .map(node -> node.path("vocab_size"))
                  .filter(JsonNode::isIntegralNumber)
                  .limit(1)
                  .filter(size -> size.asLong() != width)
                  .map(
                      size ->
                          String.format(
                              Locale.ROOT,
                              "%s gives %,d as vocab_size, but the model has %,d logits",
                              file,
                              size.asLong(),
                              width));
            })
        .toList();
  }

  /**
   * Models have more logits than tokens where the width was rounded up for the hardware's sake, or
   * a few tokens were reserved. More than that is a tokenizer of another model.
   */
  private static Optional<String> unused(Tokenizer tokenizer, int width) {
    long tokens = tokenizer.vocabulary().values().stream().mapToLong(id -> id + 1).max().orElse(0);
    long unused = width - tokens;
    boolean rounded =
        tokens >= width / 2.0
            && IntStream.rangeClosed(2, 10)
                .map(power -> 1 << power)
                .anyMatch(block -> (tokens + block - 1) / block * block == width);
    return unused <= RESERVED * width || rounded
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the highest id of the tokenizer is %,d, but the model has %,d logits: %,d at the end"
                    + " have no token, which is more than padding explains; is the tokenizer the"
                    + " model's?",
                tokens - 1,
                width,
                unused));
  }

  private static void problems(Reading.Builder reading, Map<String, List<String>> problems) {
    int all = problems.values().stream().mapToInt(List::size).sum();
    reading.add(Measurement.exact("problems", all, NUMBER));
    problems.forEach(
        (kind, found) ->
            reading.add(Measurement.exact("problems[" + kind + "]", found.size(), NUMBER)));
    if (all > 0) {
      reading.add(
          new Evidence.Table(
              "What the configuration says that is not so",
              problems.values().stream()
                  .flatMap(List::stream)
                  .limit(TOLD)
                  .collect(Collectors.joining("; ")),
              List.of("kind", "problem"),
              problems.entrySet().stream()
                  .flatMap(
                      entry ->
                          entry.getValue().stream()
                              .map(problem -> List.of(entry.getKey(), problem)))
                  .toList()));
    }
  }

  private static void roundTrip(
      RoundTrip roundTrip,
      Sequences on,
      LanguageModel model,
      Tokenizer tokenizer,
      ExportFiles files,
      ProbeContext context) {
    long done = 0;
    if (on.hasTexts()) {
      try (Texts texts =
          Texts.open(new TextSource(on.texts(), on.data(), on.column()), context::resolve)) {
        for (Optional<Texts.Text> next = texts.next(); next.isPresent(); next = texts.next()) {
          roundTrip.add(next.get().where(), next.get().text());
          context.progress().at(++done, texts.total(), "texts");
        }
      }
      return;
    }
    try (Prompts prompts =
        Prompts.open(on, model, tokenizer, files, context, new Prompts.Bound(1, true))) {
      for (Optional<Prompt> next = prompts.next(); next.isPresent(); next = prompts.next()) {
        roundTrip.add(next.get().name(), tokenizer.text(next.get().ids(), true));
        context.progress().at(++done, prompts.total(), "sequences");
      }
    }
  }
}
