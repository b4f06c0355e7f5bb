package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.language.Cloze.cloze;
import static org.modelvitals.checks.language.Examples.value;
import static org.modelvitals.checks.language.MinimalPairs.minimalPairs;
import static org.modelvitals.checks.language.MultipleChoice.multipleChoice;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.language.Continuations.Likelihood;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChoiceProbesTest {
  private static final DataSpec QUESTIONS = DataSpec.jsonl("data/grammar-questions.jsonl");
  private static final DataSpec PAIRS = DataSpec.jsonl("data/grammar-pairs.jsonl");

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), WordTokenizer.JSON);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"the\"}");
  }

  /** After "the": dog 1/2, sleeps 1/8; after "dog": sleeps 1/2, dog 1/4; after "sleeps": the. */
  private TableModel table() {
    return new TableModel(
        folder.resolve("model.onnx"),
        new double[] {.25, .25, .25, .25},
        new double[] {.25, .125, .5, .125},
        new double[] {.125, .125, .25, .5},
        new double[] {.125, .5, .25, .125});
  }

  private <S extends ProbeSpec> Reading read(ProbeType<S> probe, S declared) throws Exception {
    return probe.probe(declared, new LanguageContext(table(), folder));
  }

  private Reading choose(MultipleChoice declared, String... lines) throws Exception {
    Files.write(folder.resolve("q.jsonl"), List.of(lines));
    return read(new MultipleChoiceProbe(), declared);
  }

  private static MultipleChoice questions() {
    return multipleChoice(DataSpec.jsonl("q.jsonl"));
  }

  @Test
  void theLikeliestAnswerIsTaken() throws Exception {
    Reading reading =
        choose(
            questions().slices("kind"),
            "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0, \"kind\": 1}",
            "{\"question\": \"dog\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0, \"kind\": 2}");
    assertThat(value(reading, "accuracy")).isEqualTo(0.5);
    assertThat(value(reading, "accuracy[kind=1]")).isEqualTo(1);
    assertThat(value(reading, "accuracy[kind=2]")).isEqualTo(0);
    assertThat(value(reading, "questions")).isEqualTo(2);
    assertThat(value(reading, "ties")).isZero();
    // Softmax of 1/2, 1/8 is 0.8, 0.2; of 1/4, 1/2 it is 1/3, 2/3.
    assertThat(value(reading, "brier score"))
        .isCloseTo((2 * 0.2 * 0.2 + 2 * 4 / 9.0) / 2, within(1e-12));
    assertThat(value(reading, "expected calibration error"))
        .isCloseTo((0.2 + 2 / 3.0) / 2, within(1e-12));
    assertThat(value(reading, "mean margin"))
        .isCloseTo((Math.log(4) - Math.log(2)) / 2, within(1e-12));
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "1 of 2 answers are wrong, most clearly at q.jsonl:2: 'sleeps' is likelier than 'dog' by"
                + " 0.69 nats");
  }

  /** After "the" neither "sleeps" nor "the" can come; a mask of minus infinity is no fault. */
  @Test
  void answersThatAreRuledOutAreNotChosen() throws Exception {
    TableModel model =
        new TableModel(
            folder.resolve("model.onnx"),
            new double[] {.25, .25, .25, .25},
            new double[] {.5, 0, .5, 0},
            new double[] {.125, .125, .25, .5},
            new double[] {.125, .5, .25, .125});
    Files.write(
        folder.resolve("q.jsonl"),
        List.of(
            "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}",
            "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 1}"));
    Reading choices =
        new MultipleChoiceProbe().probe(questions(), new LanguageContext(model, folder));
    assertThat(value(choices, "accuracy")).isEqualTo(0.5);
    assertThat(value(choices, "non-finite outputs")).isZero();
    assertThat(value(choices, "brier score")).isEqualTo(1);
    assertThat(choices.measurement("mean margin").orElseThrow().value()).isNull();

    Files.write(
        folder.resolve("p.jsonl"),
        List.of(
            "{\"sentence_good\": \"dog sleeps\", \"sentence_bad\": \"sleeps dog\"}",
            "{\"sentence_good\": \"sleeps dog\", \"sentence_bad\": \"dog sleeps\"}"));
    Reading pairs =
        new MinimalPairsProbe()
            .probe(minimalPairs(DataSpec.jsonl("p.jsonl")), new LanguageContext(model, folder));
    assertThat(value(pairs, "accuracy")).isEqualTo(0.5);
    assertThat(value(pairs, "pairs")).isEqualTo(2);
    assertThat(value(pairs, "non-finite outputs")).isZero();

    Files.write(
        folder.resolve("p.jsonl"),
        List.of("{\"sentence_good\": \"sleeps dog\", \"sentence_bad\": \"sleeps sleeps\"}"));
    Reading neither =
        new MinimalPairsProbe()
            .probe(minimalPairs(DataSpec.jsonl("p.jsonl")), new LanguageContext(model, folder));
    assertThat(value(neither, "non-finite outputs")).isEqualTo(1);
  }

  /** log 1/2 by 3 characters is less than log 1/2 by 6; of 10 bytes, less than of 6 characters. */
  @Test
  void lengthsAreCharactersOrBytes() {
    Question question =
        new Question(
            new org.modelvitals.data.DataRow(0, "here", java.util.Map.of()),
            List.of("dog", "äöüßé€", "sleeps"),
            java.util.Set.of(1),
            3,
            done -> {});
    question.set(0, likelihood(-1.0));
    question.set(1, likelihood(-1.8));
    question.set(2, likelihood(-1.9));
    assertThat(question.likeliest()).isZero();
    assertThat(question.likeliestByCharacter()).isEqualTo(1);
    assertThat(question.likeliestByByte()).isEqualTo(1);
    Question close =
        new Question(
            new org.modelvitals.data.DataRow(0, "here", java.util.Map.of()),
            List.of("äöü", "sleeps"),
            java.util.Set.of(1),
            2,
            done -> {});
    close.set(0, likelihood(-1.0));
    close.set(1, likelihood(-1.9));
    assertThat(close.likeliestByCharacter()).isEqualTo(1);
    assertThat(close.likeliestByByte()).isZero();
  }

  @Test
  void answersAreNumbersTextsOrLabels() throws Exception {
    String arc =
        "{\"question\": \"the\", \"choices\": {\"text\": [\"dog\", \"sleeps\"], \"label\": [\"A\","
            + " \"B\"]}, \"answerKey\": \"A\"}";
    MultipleChoice labelled =
        questions().choices("choices.text").labels("choices.label").answer("answerKey");
    assertThat(value(choose(labelled, arc), "accuracy")).isEqualTo(1);
    String piqa = "{\"goal\": \"the\", \"sol1\": \"dog\", \"sol2\": \"sleeps\", \"label\": \"0\"}";
    MultipleChoice solutions =
        questions().context("{{goal}}").choices("{{sol1}}", "{{sol2}}").answer("label");
    assertThat(value(choose(solutions, piqa), "accuracy")).isEqualTo(1);
    String text =
        "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": \"dog\"}";
    assertThat(value(choose(questions(), text), "accuracy")).isEqualTo(1);
    String several =
        "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\", \"the\"], \"answer\": [0, 1]}";
    assertThat(value(choose(questions(), several), "accuracy")).isEqualTo(1);
    assertThat(choose(questions(), several).measurement("brier score").orElseThrow().note())
        .isEqualTo("every question has several right answers");
  }

  /** As winogrande: the options stand in the context, and what follows is the same. */
  @Test
  void choicesMayBelongToTheContext() throws Exception {
    Reading reading =
        choose(
            questions().context("the ").continuation("{{rest}}"),
            "{\"rest\": \"sleeps\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}");
    assertThat(value(reading, "accuracy")).isEqualTo(1);
    assertThat(value(reading, "mean margin")).isCloseTo(Math.log(4), within(1e-12));
  }

  /** The answer alone begins with the delimiter too: without it, its token would be another one. */
  @Test
  void gainsAreOfTheSameTokens() throws Exception {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "post_processor": null, "decoder": null,
         "pre_tokenizer":
           {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": true},
         "model": {"type": "WordLevel", "unk_token": "<unk>",
           "vocab": {"<unk>": 0, "the": 1, "▁dog": 2, "▁sleeps": 3}}}
        """);
    // After the prefix "the" as after the question: no answer gains, and the first is taken.
    Reading reading =
        choose(
            questions().withMutualInformation(),
            "{\"question\": \"the\", \"choices\": [\"sleeps\", \"dog\"], \"answer\": 0}");
    assertThat(value(reading, "accuracy")).isZero();
    assertThat(value(reading, "mutual information accuracy")).isEqualTo(1);
  }

  @Test
  void questionsThatDoNotFitAreNamed() {
    String ok = "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": ";
    assertQuestion(ok + "2}", "number 2, but there are 2, counted from 0");
    assertQuestion(ok + "\"dg\"}", "q.jsonl:1: 'dg' is none of the answers; did you mean 'dog'?");
    assertQuestion(ok + "[0, 1]}", "all of the answers are right");
    assertQuestion(
        "{\"question\": \"the\", \"choices\": [\"dog\"], \"answer\": 0}", "one answer only");
    assertQuestion(
        "{\"question\": \"the\", \"choices\": [\"dog\", \"\"], \"answer\": 0}",
        "an answer is empty");
    assertQuestion("{\"question\": \"the\", \"answer\": 0}", "there is no column 'choices'");
  }

  private void assertQuestion(String line, String message) {
    assertThatThrownBy(() -> choose(questions(), line))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theGoodSentenceMustBeLikelier() throws Exception {
    Files.writeString(
        folder.resolve("p.jsonl"),
        """
        {"sentence_good": "dog sleeps", "sentence_bad": "dog dog", "UID": "x"}
        {"sentence_good": "sleeps dog", "sentence_bad": "dog dog", "UID": "x"}
        {"sentence_good": "dog the", "sentence_bad": "dog xyz", "UID": "y"}
        """);
    MinimalPairs declared = minimalPairs(DataSpec.jsonl("p.jsonl")).slices("UID");
    MinimalPairsProbe probe = new MinimalPairsProbe();
    Reading reading = read(probe, declared);
    assertThat(value(reading, "accuracy")).isEqualTo(2 / 3.0);
    assertThat(value(reading, "accuracy[UID=x]")).isEqualTo(0.5);
    assertThat(value(reading, "ties")).isEqualTo(1);
    assertThat(value(reading, "unexplained ties")).isEqualTo(1);
    // the -> dog 1/2 -> sleeps 1/2 against dog 1/2 -> dog 1/4; then sleeps 1/8 -> dog 1/4.
    assertThat(value(reading, "mean margin[UID=x]"))
        .isCloseTo((Math.log(2) - Math.log(4)) / 2, within(1e-12));
    assertThat(value(reading, "least margin")).isCloseTo(-Math.log(4), within(1e-12));
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .contains(
            "p.jsonl:3: 'dog the' and 'dog xyz' are exactly as likely, which counts as right, one of 1"
                + " such",
            "p.jsonl:2: 'sleeps dog' is not likelier than 'dog dog', which is ahead by 1.39 nats");
    assertThat(Judge.judge(reading, probe.implied(declared)).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void aPairOfOneSentenceIsAMistakeOfTheData() throws Exception {
    Files.writeString(
        folder.resolve("p.jsonl"), "{\"sentence_good\": \"dog\", \"sentence_bad\": \"dog\"}");
    assertThatThrownBy(() -> read(new MinimalPairsProbe(), minimalPairs(DataSpec.jsonl("p.jsonl"))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "p.jsonl:1: the good and the bad sentence are both 'dog'; expected two that differ");
  }

  /** The first of equal logits would be right by chance, in each of these. */
  @Test
  void aModelThatKnowsNothingIsNotRight() throws Exception {
    double[] row = {.25, .25, .25, .25};
    Files.writeString(
        folder.resolve("p.jsonl"), "{\"sentence_good\": \"dog\", \"sentence_bad\": \"sleeps\"}");
    Files.writeString(
        folder.resolve("q.jsonl"),
        "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}");
    MinimalPairs ofPairs = minimalPairs(DataSpec.jsonl("p.jsonl"));
    for (boolean half : new boolean[] {false, true}) {
      TableModel same = new TableModel(folder.resolve("model.onnx"), row, row, row, row);
      LanguageContext context = new LanguageContext(half ? same.half() : same, folder);
      Reading words = new ClozeProbe().probe(cloze("the dog", "dog the"), context);
      assertThat(value(words, "ties")).isEqualTo(2);
      assertThat(words.evidence().get(0).sentence())
          .isEqualTo(
              "text 1: after 'the' other tokens are exactly as probable as 'dog', and the score takes"
                  + " the one with the lowest id, one of 2 such");
      assertFailed(words, new ClozeProbe().implied(cloze("the dog")));
      Reading pairs = new MinimalPairsProbe().probe(ofPairs, context);
      assertThat(value(pairs, "accuracy")).isEqualTo(1);
      assertFailed(pairs, new MinimalPairsProbe().implied(ofPairs));
      Reading choices = new MultipleChoiceProbe().probe(questions(), context);
      assertThat(value(choices, "accuracy")).isEqualTo(1);
      assertThat(value(choices, "unexplained ties")).isEqualTo(1);
      assertThat(choices.evidence().get(0).sentence())
          .isEqualTo(
              "q.jsonl:1: 'dog' and 'sleeps' are exactly as likely, and the score takes the one that"
                  + " stands first, one of 1 such");
      assertFailed(choices, new MultipleChoiceProbe().implied(questions()));
    }
  }

  /** Softmax of probabilities changes every sum over an answer, and no order of single tokens. */
  @Test
  void probabilitiesInsteadOfLogitsFailWithoutBeingAskedFor() throws Exception {
    double[] outputs = {0.1, 0.2, 0.4, 0.3};
    double[] row = new double[4];
    for (int i = 0; i < 4; i++) {
      row[i] = Math.exp(outputs[i] - 3); // the table's outputs are log(row) + 3
    }
    LanguageContext context =
        new LanguageContext(
            new TableModel(folder.resolve("model.onnx"), row, row, row, row), folder);
    Reading words = new ClozeProbe().probe(cloze("the dog"), context);
    assertThat(value(words, "accuracy")).isEqualTo(1);
    assertThat(value(words, "softmaxed outputs")).isEqualTo(1);
    assertThat(words.evidence().get(0).sentence())
        .startsWith("the outputs at text 1 are probabilities already");
    assertFailed(words, new ClozeProbe().implied(cloze("the dog")));
    Files.writeString(
        folder.resolve("q.jsonl"),
        "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}");
    Reading choices = new MultipleChoiceProbe().probe(questions(), context);
    assertThat(value(choices, "softmaxed outputs")).isEqualTo(2);
    assertFailed(choices, new MultipleChoiceProbe().implied(questions()));
    Files.writeString(
        folder.resolve("p.jsonl"), "{\"sentence_good\": \"dog\", \"sentence_bad\": \"sleeps\"}");
    MinimalPairs declared = minimalPairs(DataSpec.jsonl("p.jsonl"));
    Reading pairs = new MinimalPairsProbe().probe(declared, context);
    assertFailed(pairs, new MinimalPairsProbe().implied(declared));
  }

  /** Two logits of 16 bits may be equal in a healthy model; two of 32 are not. */
  @Test
  void aTieOfHalfPrecisionIsNoFault() throws Exception {
    Files.writeString(
        folder.resolve("q.jsonl"),
        "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}");
    double[] after = {.1, .1, .4, .4};
    double[] row = {.4, .3, .2, .1};
    for (boolean half : new boolean[] {false, true}) {
      TableModel table = new TableModel(folder.resolve("model.onnx"), row, after, row, row);
      LanguageContext context = new LanguageContext(half ? table.half() : table, folder);
      Reading words = new ClozeProbe().probe(cloze("the dog", "the sleeps"), context);
      assertThat(value(words, "accuracy")).isEqualTo(0.5); // of equal ones the lowest id
      assertThat(value(words, "ties")).isEqualTo(2);
      assertThat(value(words, "unexplained ties")).isEqualTo(half ? 0 : 2);
      Reading choices = new MultipleChoiceProbe().probe(questions(), context);
      assertThat(value(choices, "ties")).isEqualTo(1);
      assertThat(value(choices, "unexplained ties")).isEqualTo(half ? 0 : 1);
    }
  }

  private static void assertFailed(Reading reading, List<Expectation> implied) {
    assertThat(Judge.judge(reading, implied).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void theLastWordIsWhatFollowsTheLastBlank() throws Exception {
    Reading reading = read(new ClozeProbe(), cloze("the dog", "the dog dog", "sleeps the dog \n"));
    assertThat(value(reading, "words")).isEqualTo(3);
    assertThat(value(reading, "accuracy")).isEqualTo(2 / 3.0);
    assertThat(value(reading, "perplexity"))
        .isCloseTo(Math.exp(-Math.log(0.5 * 0.25 * 0.5) / 3), within(1e-12));
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "text 2: after 'the dog' the model says 'sleeps', not 'dog', whose log-probability is"
                + " -1.39");
    assertThatThrownBy(() -> read(new ClozeProbe(), cloze("the")))
        .hasMessage("text 1: 'the' has no last word with something before it");
    assertThatThrownBy(() -> cloze("the dog").target("word"))
        .hasMessage("target is a column of 'data', and there is none");
  }

  @Test
  void logitsThatAreNoNumbersFailWithoutBeingAskedFor() throws Exception {
    TableModel broken =
        new TableModel(
            folder.resolve("model.onnx"),
            new double[] {.25, .25, .25, .25},
            new double[] {.25, Double.NaN, .5, .125},
            new double[] {.125, .125, .25, .5},
            new double[] {.125, .5, .25, .125});
    LanguageContext context = new LanguageContext(broken, folder);
    Reading words = new ClozeProbe().probe(cloze("dog sleeps", "the dog"), context);
    assertThat(value(words, "non-finite outputs")).isEqualTo(1);
    assertThat(words.measurement("accuracy").orElseThrow().note())
        .isEqualTo("the log-probability of 'dog' at text 2 is NaN");
    Files.writeString(
        folder.resolve("p.jsonl"), "{\"sentence_good\": \"dog\", \"sentence_bad\": \"sleeps\"}");
    MinimalPairs declared = minimalPairs(DataSpec.jsonl("p.jsonl"));
    Reading pairs = new MinimalPairsProbe().probe(declared, context);
    assertThat(Judge.judge(pairs, new MinimalPairsProbe().implied(declared)).status())
        .isEqualTo(Status.FAILED);
    Files.writeString(
        folder.resolve("q.jsonl"),
        "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}");
    Reading choices = new MultipleChoiceProbe().probe(questions(), context);
    assertThat(value(choices, "non-finite outputs")).isEqualTo(1);
    assertThat(choices.measurement("accuracy").orElseThrow().value()).isNull();
  }

  @Test
  void everyMeasurementIsAnnounced() throws Exception {
    Reading reading =
        choose(
            questions().withMutualInformation(),
            "{\"question\": \"the\", \"choices\": [\"dog\", \"sleeps\"], \"answer\": 0}");
    assertAnnounced(new MultipleChoiceProbe(), reading);
    assertAnnounced(new ClozeProbe(), read(new ClozeProbe(), cloze("the dog")));
  }

  private static Likelihood likelihood(double logProbability) {
    return new Likelihood(logProbability, -1, false, false, LongBuffer.allocate(1));
  }

  private static void assertAnnounced(ProbeType<?> probe, Reading reading) {
    assertThat(reading.measurements())
        .extracting(measurement -> measurement.name().replaceFirst("\\[.*", ""))
        .isSubsetOf(probe.measurements().stream().map(info -> info.name()).toList());
  }

  /** Against PyTorch with the harness's rules, and against the grammar's exact probabilities. */
  @Test
  void choicesAgreeWithTheReferenceAndTheGrammar() throws Exception {
    Reading reading =
        Examples.onGrammar(
            context ->
                new MultipleChoiceProbe()
                    .probe(multipleChoice(QUESTIONS).withMutualInformation(), context));
    JsonNode expected = Examples.json("training/language-reference.json").path("multiple_choice");
    assertThat(value(reading, "accuracy")).isEqualTo(expected.path("acc").asDouble());
    assertThat(value(reading, "normalised accuracy"))
        .isEqualTo(expected.path("acc_norm").asDouble());
    assertThat(value(reading, "byte-normalised accuracy"))
        .isEqualTo(expected.path("acc_bytes").asDouble());
    assertThat(value(reading, "mutual information accuracy"))
        .isEqualTo(expected.path("acc_mutual_info").asDouble());
    assertThat(value(reading, "brier score"))
        .isCloseTo(expected.path("brier_score").asDouble(), offset(1e-6));
    assertThat(value(reading, "mean margin"))
        .isCloseTo(expected.path("mean_margin").asDouble(), offset(1e-5));
    assertInInterval(reading, "accuracy", mean("likeliest"));
    assertThat(value(reading, "expected calibration error")).isLessThan(0.06);
  }

  /** Answers of several words, two of which the grammar forbids: what it says follows from it. */
  @Test
  void endingsAreScoredAsTheGrammarSays() throws Exception {
    Reading reading =
        Examples.onGrammar(
            context ->
                new MultipleChoiceProbe()
                    .probe(multipleChoice(DataSpec.jsonl("data/grammar-endings.jsonl")), context));
    JsonNode expected = Examples.json("data/grammar-endings-meta.json");
    assertThat(value(reading, "accuracy")).isEqualTo(expected.path("accuracy").asDouble());
    assertThat(value(reading, "normalised accuracy"))
        .isEqualTo(expected.path("accuracy_by_characters").asDouble());
  }

  @Test
  void pairsAgreeWithTheReference() throws Exception {
    Reading reading =
        Examples.onGrammar(
            context -> new MinimalPairsProbe().probe(minimalPairs(PAIRS).slices("kind"), context));
    JsonNode expected = Examples.json("training/language-reference.json").path("minimal_pairs");
    assertThat(value(reading, "accuracy")).isEqualTo(expected.path("acc").asDouble());
    assertThat(value(reading, "mean margin"))
        .isCloseTo(expected.path("mean_margin").asDouble(), offset(1e-4));
    assertThat(value(reading, "least margin"))
        .isCloseTo(expected.path("least_margin").asDouble(), offset(1e-4));
    assertThat(value(reading, "accuracy[kind=agreement across a relative clause]")).isEqualTo(1);
  }

  @Test
  void lastWordsAgreeWithTheReferenceAndTheGrammar() throws Exception {
    Reading reading =
        Examples.onGrammar(
            context ->
                new ClozeProbe()
                    .probe(cloze(QUESTIONS).column("question").target("word"), context));
    JsonNode expected = Examples.json("training/language-reference.json").path("cloze");
    assertThat(value(reading, "accuracy")).isEqualTo(expected.path("acc").asDouble());
    assertThat(value(reading, "perplexity"))
        .isCloseTo(expected.path("perplexity").asDouble(), offset(1e-4));
    assertInInterval(reading, "accuracy", mean("likeliest_word"));
  }

  private static double mean(String column) throws IOException {
    return Files.readAllLines(Examples.folder().resolve("data/grammar-questions.jsonl")).stream()
        .mapToDouble(line -> JsonMapper.shared().readTree(line).path(column).asDouble())
        .average()
        .orElseThrow();
  }

  private static void assertInInterval(Reading reading, String name, double expected) {
    Interval interval =
        Objects.requireNonNull(reading.measurement(name).orElseThrow().interval(), name);
    assertThat(expected).as(name).isBetween(interval.low(), interval.high());
  }
}
