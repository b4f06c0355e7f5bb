package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.language.Examples.value;
import static org.modelvitals.checks.language.TokenDistribution.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.language.KnownDistribution.Distance;
import org.modelvitals.data.DataException;
import org.modelvitals.model.Model;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;

class GoldenTest {
  private static final String FILE = "golden/words.jsonl";

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), WordTokenizer.JSON);
  }

  private TableModel table(double dog, double sleeps) {
    return new TableModel(
        folder.resolve("model.onnx"),
        new double[] {.2, .2, .2, .2, .2},
        new double[] {.1, .1, dog, 0.8 - dog - 0.01, 0.01},
        new double[] {.04, 0.9 - sleeps, .05, sleeps, .01},
        new double[] {.3, .3, .2, .1, .1});
  }

  private static TokenDistribution declared(int top, String... texts) {
    return distribution(texts).golden(FILE).top(top);
  }

  private Reading run(TokenDistribution declared, Model model, boolean updating) {
    LanguageContext context = new LanguageContext(model, folder);
    try (TextModel text = TextModel.open(context, LanguageSetup.USUAL);
        DistributionPass pass = new DistributionPass(declared, context, text, updating)) {
      return pass.run();
    }
  }

  private Reading record(TokenDistribution declared) {
    return run(declared, table(.6, .65), true);
  }

  private Reading compare(TokenDistribution declared) {
    return run(declared, table(.5, .35), false);
  }

  @Test
  void whatWasRecordedIsHeldAgainst() throws IOException {
    TokenDistribution declared = declared(5, "the dog", "sleeps", "dog dog the");
    Reading recording = record(declared);
    assertThat(value(recording, "max kl divergence")).isCloseTo(0, within(1e-9));
    assertThat(value(recording, "top-1 agreement")).isEqualTo(1);
    assertThat(recording.evidence().stream().map(Evidence::sentence))
        .contains(
            "golden/words.jsonl was recorded from this model just now into "
                + folder.resolve(FILE).toAbsolutePath().normalize()
                + ", and the model was held against itself");
    List<String> lines = Files.readAllLines(folder.resolve(FILE));
    assertThat(lines).hasSize(1 + 3 + 6);
    assertThat(lines.get(0)).startsWith("{\"golden\":\"next-token distributions\",\"version\":1,");
    assertThat(lines.get(1)).startsWith("{\"text\":\"text 1\",\"sha256\":\"");
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"after\":0,\"tokens\":[2,3,0,1,4],\"log\":[-0.510826,-1.660731,-2.302585,-2.302585,"
                + "-4.60517],\"rest\":null}");
    assertThat(folder.resolve("golden")).isDirectoryNotContaining("glob:**.part");

    Reading same = run(declared, table(.6, .65), false);
    assertThat(value(same, "max kl divergence")).isCloseTo(0, within(1e-6));
    Reading reading = compare(declared);
    double the = .6 * Math.log(.6 / .5) + .19 * Math.log(.19 / .29);
    double dog = .65 * Math.log(.65 / .35) + .25 * Math.log(.25 / .55);
    assertThat(value(reading, "compared positions")).isEqualTo(6);
    assertThat(value(reading, "mean kl divergence"))
        .isCloseTo((2 * the + 3 * dog) / 6, within(1e-6));
    assertThat(value(reading, "max kl divergence")).isCloseTo(dog, within(1e-6));
    assertThat(value(reading, "max total variation")).isCloseTo(0.3, within(1e-6));
    assertThat(value(reading, "top-1 agreement")).isEqualTo(0.5);
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "the model is farthest from the known distribution at text 1 after token 1, 'dog':"
                + " divergence 0.205 nats, 'the' is the most probable token there, 'sleeps' should"
                + " be");
    Evidence.Bars bars = (Evidence.Bars) reading.evidence().get(0);
    assertThat(bars.bars().get(0).label()).isEqualTo("the");
    assertThat(bars.bars().get(0).value()).isCloseTo(.55, within(1e-9));
    assertThat(bars.bars().get(0).reference()).isCloseTo(.25, within(1e-6));
  }

  @Test
  void tokensThatWereNotKeptCountAsOne() throws IOException {
    TokenDistribution declared = declared(1, "dog");
    record(declared);
    assertThat(Files.readAllLines(folder.resolve(FILE)).get(2))
        .isEqualTo("{\"after\":0,\"tokens\":[3],\"log\":[-0.430783],\"rest\":-1.049822}");
    Reading reading = compare(declared);
    assertThat(value(reading, "max kl divergence"))
        .isCloseTo(.65 * Math.log(.65 / .35) + .35 * Math.log(.35 / .65), within(1e-5));
    assertThat(value(reading, "top-1 agreement")).isZero();
  }

  @Test
  void compressedFilesAreWrittenAndRead() throws IOException {
    TokenDistribution declared = distribution("the dog").golden("words.jsonl.gz");
    run(declared, table(.6, .65), true);
    assertThat(Files.readAllBytes(folder.resolve("words.jsonl.gz"))).startsWith(0x1f, 0x8b);
    assertThat(value(run(declared, table(.6, .65), false), "compared positions")).isEqualTo(2);
  }

  @Test
  void withoutAFileItIsSaidHowToRecordOne() {
    assertThatThrownBy(() -> compare(declared(5, "dog")))
        .isInstanceOf(ProbeException.class)
        .hasMessageEndingWith(
            "it is recorded from an approved model with -Dmodelvitals.golden.update=true");
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    record(declared(5, "the dog", "sleeps"));
    assertRefused(
        declared(5, "the dog", "dog"),
        "golden/words.jsonl:5: the text recorded here, 'text 2', is not the one at text 2 (sha256");
    assertRefused(
        declared(5, "the dog"),
        "golden/words.jsonl:5: the text recorded here, 'text 2', is no longer among the texts");
    assertRefused(
        declared(5, "the dog", "sleeps", "the"),
        "golden/words.jsonl:7: there is no recorded text for text 3");
    assertRefused(
        declared(5, "the dog", "sleeps").withoutSpecialTokens(),
        "golden/words.jsonl:1: these distributions were recorded with special: true");
    Files.writeString(
        folder.resolve("tokenizer.json"), WordTokenizer.JSON.replace("stops", "halts"));
    assertRefused(
        declared(5, "the dog", "sleeps"),
        "golden/words.jsonl:1: these distributions were recorded with another tokenizer (sha256");
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("golden"));
    Files.writeString(folder.resolve(FILE), "{\"text\": \"a\"}\n");
    assertRefused(
        declared(5, "dog"),
        "golden/words.jsonl:1: this is no file of recorded next-token distributions");
    Files.writeString(folder.resolve(FILE), "nonsense\n");
    assertRefused(declared(5, "dog"), "golden/words.jsonl:1: this is no JSON");
    record(declared(5, "dog"));
    List<String> lines = Files.readAllLines(folder.resolve(FILE));
    Files.write(
        folder.resolve(FILE), List.of(lines.get(0), lines.get(1), "{\"after\":7,\"tokens\":[1]}"));
    assertRefused(declared(5, "dog"), "golden/words.jsonl:3: expected 'after' between 0 and 0");
    Files.write(
        folder.resolve(FILE),
        List.of(lines.get(0), lines.get(1), "{\"after\":0,\"tokens\":[9],\"log\":[-1]}"));
    assertRefused(declared(5, "dog"), "golden/words.jsonl:3: token 9 with log-probability -1");
  }

  private void assertRefused(TokenDistribution declared, String message) {
    assertThatThrownBy(() -> compare(declared))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  /** A model that is broken is not recorded, and what was there before stays. */
  @Test
  void aBrokenModelIsNotRecorded() throws IOException {
    record(declared(5, "the"));
    String before = Files.readString(folder.resolve(FILE));
    TableModel broken =
        new TableModel(
            folder.resolve("model.onnx"),
            new double[] {.2, .2, .2, .2, .2},
            new double[] {.25, Double.NaN, .25, .25, .25});
    run(declared(5, "the"), broken, true);
    assertThat(folder.resolve(FILE)).hasContent(before);
    assertThat(folder.resolve("golden")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void recordingIsAskedForByAProperty() {
    System.setProperty(Golden.UPDATE, "true");
    try {
      new TokenDistributionProbe()
          .probe(declared(5, "the"), new LanguageContext(table(.6, .65), folder));
    } finally {
      System.clearProperty(Golden.UPDATE);
    }
    assertThat(folder.resolve(FILE)).exists();
  }

  /** The order in which batches are done is not that of the texts; the file's is. */
  @Test
  void theFileHasTheOrderOfTheTexts() throws IOException {
    record(declared(2, "dog", "the dog the", "the", "", "sleeps dog"));
    assertThat(Files.readAllLines(folder.resolve(FILE)))
        .filteredOn(line -> line.contains("sha256") && line.contains("text"))
        .extracting(line -> line.substring(0, 16))
        .containsExactly(
            "{\"text\":\"text 1\"",
            "{\"text\":\"text 2\"",
            "{\"text\":\"text 3\"",
            "{\"text\":\"text 4\"",
            "{\"text\":\"text 5\"");
    assertThat(
            value(
                compare(declared(2, "dog", "the dog the", "the", "", "sleeps dog")),
                "compared positions"))
        .isEqualTo(7);
  }

  /** Coarser is never farther, and nothing is farther than it can be. */
  @Property
  void distancesAreDistances(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int top) {
    Random random = new Random(seed);
    PositionDistribution one = random(random);
    PositionDistribution other = random(random);
    Distance exact = KnownDistribution.of(one, 12).to(other);
    Distance coarse = KnownDistribution.of(one, top).to(other);
    assertThat(coarse.klDivergence()).isBetween(0.0, exact.klDivergence() + 1e-12);
    assertThat(coarse.jsDivergence()).isBetween(0.0, exact.jsDivergence() + 1e-12);
    assertThat(coarse.totalVariation()).isBetween(0.0, exact.totalVariation() + 1e-12);
    assertThat(exact.jsDivergence()).isLessThanOrEqualTo(Math.log(2) + 1e-12);
    assertThat(exact.totalVariation()).isLessThanOrEqualTo(1 + 1e-12);
    // Pinsker's inequality.
    assertThat(exact.totalVariation())
        .isLessThanOrEqualTo(Math.sqrt(exact.klDivergence() / 2) + 1e-12);
    Distance itself = KnownDistribution.of(one, top).to(one);
    assertThat(itself.klDivergence()).isCloseTo(0, within(1e-12));
    assertThat(itself.agrees()).isTrue();
  }

  private static PositionDistribution random(Random random) {
    double[] logits = new double[12];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = random.nextGaussian() * 3;
    }
    PositionDistribution distribution = new PositionDistribution(12);
    distribution.set(logits);
    return distribution;
  }

  @Test
  void aFileWithHolesIsRefused() throws IOException {
    record(declared(5, "the dog the", "sleeps"));
    List<String> lines = Files.readAllLines(folder.resolve(FILE));
    assertHole(
        lines, 3, "golden/words.jsonl:5: of the 3 positions that were recorded of text 1, 2");
    assertHole(
        lines, 4, "golden/words.jsonl:5: of the 3 positions that were recorded of text 1, 2");
    assertHole(
        lines, 6, "golden/words.jsonl:7: of the 1 positions that were recorded of text 2, 0");
    List<String> twice = new ArrayList<>(lines);
    twice.set(3, lines.get(2));
    Files.write(folder.resolve(FILE), twice);
    assertRefused(
        declared(5, "the dog the", "sleeps"),
        "golden/words.jsonl:4: expected 'after' between 1 and 2, not 0");
    twice.set(3, lines.get(3).replace("-0.430783", "-2.430783"));
    Files.write(folder.resolve(FILE), twice);
    assertRefused(
        declared(5, "the dog the", "sleeps"),
        "golden/words.jsonl:4: the probabilities, 'rest' among them, sum to 0.4");
  }

  private void assertHole(List<String> lines, int without, String message) throws IOException {
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(without);
    Files.write(folder.resolve(FILE), fewer);
    assertRefused(declared(5, "the dog the", "sleeps"), message);
  }

  /** A model that says what follows the whole text alone is held against just that. */
  @Test
  void aModelWithFewerPositionsIsRecordedWithThose() throws IOException {
    TokenDistribution declared = declared(5, "the dog the");
    run(declared, table(.6, .65).lastOnly(), true);
    assertThat(Files.readAllLines(folder.resolve(FILE)).get(1)).endsWith("3,\"positions\":1}");
    assertThat(value(run(declared, table(.6, .65).lastOnly(), false), "compared positions"))
        .isEqualTo(1);
  }

  @Test
  void oneFileIsNotRecordedByTwoChecks() throws IOException {
    record(declared(5, "the"));
    String before = Files.readString(folder.resolve(FILE));
    assertThatThrownBy(() -> record(declared(5, "the dog")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("words.jsonl is recorded by another check in this run");
    assertThat(folder.resolve(FILE)).hasContent(before);
    record(declared(5, "the"));
    record(distribution("the dog").golden("golden/other.jsonl"));
    assertThat(folder.resolve("golden")).isDirectoryNotContaining("glob:**.part");
  }
}
