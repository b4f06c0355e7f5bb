package org.modelvitals.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.RowLog;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.PairedRows;

class StoredRowsTest {
  @TempDir Path folder;

  /** Rows of three classes, some of them said wrongly, by seed; {@code shift} moves the prints. */
  private static RowOutcomes rows(int size, long seed, long shift) {
    SplittableRandom random = new SplittableRandom(seed);
    RowLog log = new RowLog();
    for (int row = 0; row < size; row++) {
      log.begin(row + shift);
      String truth = "class " + row % 3;
      log.given("truth", truth);
      log.said("said", random.nextInt(10) == 0 ? null : random.nextInt(8) == 0 ? "other" : truth);
      log.number("loss", random.nextInt(5) == 0 ? Double.NaN : random.nextInt(9999) / 1000.0);
    }
    return log.outcomes().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1", "63", "64", "65", "5000", "17000"})
  void givesBackWhatItHolds(int size) {
    RowOutcomes before = rows(size, 1, 0);
    RowOutcomes now = rows(size, 2, 0);
    PairedRows pairs = StoredRows.of(before, Set.of("said", "loss")).pair(now);
    assertThat(pairs.same().cardinality()).isEqualTo(size);
    assertThat(pairs.unpaired()).isEmpty();
    for (int row = 0; row < size; row++) {
      assertThat(pairs.before().words("said").orElseThrow().word(row))
          .isEqualTo(before.words("said").orElseThrow().word(row));
      assertThat(pairs.now().words("said").orElseThrow().word(row))
          .isEqualTo(now.words("said").orElseThrow().word(row));
      assertThat(pairs.before().numbers("loss").orElseThrow().value(row))
          .isEqualTo(Double.valueOf(before.numbers("loss").orElseThrow().value(row)));
    }
  }

  @Test
  void saysHowManyRowsPairWhereDataChanged() {
    StoredRows stored = StoredRows.of(rows(1000, 1, 0), Set.of("said"));
    RowLog log = new RowLog();
    for (int row = 0; row < 1010; row++) {
      log.begin(row == 200 ? -1 : row);
      log.given("truth", "a");
      log.said("said", "a");
    }
    PairedRows pairs = stored.pair(log.outcomes().orElseThrow());
    assertThat(pairs.same().cardinality()).isEqualTo(1000 - 64);
    assertThat(pairs.unpaired())
        .isEqualTo(
            "936 of 1,010 rows are those of the approved run, which had 1,000; the data changed,"
                + " first among rows 193 to 256");
    assertThat(stored.pair(rows(1000, 1, 5000)).unpaired())
        .startsWith("none of the 1,000 rows is one of the 1,000 of the approved run");
  }

  @Test
  void isSmallWhereMostRowsAreRight() {
    RowLog log = new RowLog();
    for (int row = 0; row < 10_000; row++) {
      log.begin(row);
      log.given("truth", "" + row % 10);
      log.said("said", "" + (row % 13 == 0 ? (row + 1) % 10 : row % 10));
    }
    String text =
        BaselineJson.write(baseline(StoredRows.of(log.outcomes().orElseThrow(), Set.of("said"))));
    assertThat(text.length()).isLessThan(10_000);
    assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(1000);
  }

  private static Baseline baseline(StoredRows rows) {
    return new Baseline(
        Baseline.VERSION,
        "digits",
        Instant.parse("2026-11-25T03:00:00Z"),
        new ModelRecord("m.onnx", "ab", 3),
        "cpu",
        Map.of("ModelVitals", "1"),
        List.of(
            new Baseline.Check(
                "reads",
                "classification",
                List.of(Measurement.exact("rows", 3, Unit.NUMBER)),
                rows)));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    Baseline written = baseline(StoredRows.of(rows(300, 4, 0), Set.of("said", "loss")));
    Path file = folder.resolve("a.json");
    Files.writeString(file, BaselineJson.write(written));
    assertThat(BaselineJson.read(file, "digits")).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"baseline\": 1} | is a damaged approval",
        "{\"baseline\": 2} | is an approved run of version 2, but this ModelVitals knows versions up to 1",
        "{\"baseline\": 0} | its 'baseline' should be a version such as 1, but is 0",
        "{} | its 'baseline' should be a version such as 1, but is missing",
        "[] | it is not an object",
        "hello | is no approved run, it is not JSON",
      })
  void saysWhatIsWrongWithAFile(String text, String expected) throws IOException {
    Path file = folder.resolve("b.json");
    Files.writeString(file, text);
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> BaselineJson.read(file, "digits"))
        .withMessageContaining(expected);
  }

  @Test
  void saysThatItIsOfAnotherSuite() throws IOException {
    Path file = folder.resolve("c.json");
    Files.writeString(file, BaselineJson.write(baseline(StoredRows.of(rows(3, 1, 0), Set.of()))));
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> BaselineJson.read(file, "letters"))
        .withMessageContaining("of the suite 'digits', and not of 'letters'");
  }

  @Test
  void takesARunRecordToo() throws IOException {
    Path file = folder.resolve("run.json");
    Files.writeString(file, RunRecordJson.write(RunRecordArbitraries.small()));
    Baseline baseline = BaselineJson.read(file, "s");
    assertThat(baseline.check("c").orElseThrow().measurements())
        .containsExactly(Measurement.exact("opset", 17, Unit.NUMBER));
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> BaselineJson.read(file, "t"))
        .withMessageContaining("a run record with no suite 't'; it has 's'");
  }

  @Test
  void mergedRowsAreThoseOfOneLog() {
    RowLog one = new RowLog();
    RowLog other = new RowLog();
    IntStream.range(0, 50)
        .forEach(
            row -> {
              RowLog log = row < 20 ? one : other;
              log.begin(row);
              log.said("said", "w" + row % 4);
              log.number("n", row);
            });
    one.merge(other);
    RowOutcomes all = one.outcomes().orElseThrow();
    assertThat(all.size()).isEqualTo(50);
    for (int row = 0; row < 50; row++) {
      assertThat(all.print(row)).isEqualTo(row);
      assertThat(all.words("said").orElseThrow().word(row)).isEqualTo("w" + row % 4);
      assertThat(all.numbers("n").orElseThrow().value(row)).isEqualTo(row);
    }
  }
}
