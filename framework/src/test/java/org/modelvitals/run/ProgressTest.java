package org.modelvitals.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final AtomicLong clock = new AtomicLong(1);
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final List<String> log = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1200 | 10000   | 400   | a > b: 1,200 of 10,000 rows, 400 rows/s, 22 s left",
        "1200 | -1      | 400   | a > b: 1,200 rows, 400 rows/s",
        "3    | 10      | 0     | a > b: 3 of 10 rows",
        "3    | 1000000 | 1000  | a > b: 3 of 1,000,000 rows, 1,000 rows/s, 16 min 40 s left",
        "0    | 9000    | 0.5   | a > b: 0 of 9,000 rows, 0.5 rows/s, 5 h 00 min left",
        "10   | 10      | 12.34 | a > b: 10 of 10 rows, 12 rows/s"
      })
  void saysRowsRateAndTimeLeft(long done, long total, double rate, String line) {
    assertThat(ProgressLine.of("a > b", done, total, "rows", rate)).isEqualTo(line);
  }

  @Test
  void isQuietForAFewSecondsAndThenSparseInALog() {
    try (WatchedProgress progress = progress(false)) {
      for (int second = 0; second <= 70; second++) {
        progress.at(second * 10L, 1000, "rows");
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
      }
    }

    assertThat(log)
        .containsExactly(
            "a > b: 30 of 1,000 rows, 10 rows/s, 1 min 37 s left",
            "a > b: 330 of 1,000 rows, 10 rows/s, 1 min 07 s left",
            "a > b: 630 of 1,000 rows, 10 rows/s, 37 s left");
    assertThat(terminal.size()).isZero();
  }

  @Test
  void renewsItsLineOnATerminalAndWipesItInTheEnd() {
    try (WatchedProgress progress = progress(true)) {
      progress.at(0, 100, "calls");
      clock.addAndGet(TimeUnit.SECONDS.toNanos(4));
      progress.at(40, 100, "calls");
      progress.at(41, 100, "calls");
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
      progress.at(50, 100, "calls");
    }

    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[2Ka > b: 40 of 100 calls, 10 calls/s, 6 s left"
                + "\r\u001b[2Ka > b: 50 of 100 calls, 10 calls/s, 5 s left"
                + "\r\u001b[2K");
    assertThat(log).isEmpty();
  }

  /** Loading the model is not a slow row. */
  @Test
  void countsTheRateFromTheFirstCall() {
    try (WatchedProgress progress = progress(false)) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(100));
      progress.at(16, 1000, "rows");
      clock.addAndGet(TimeUnit.SECONDS.toNanos(31));
      progress.at(16 + 310, 1000, "rows");
    }

    assertThat(log)
        .containsExactly(
            "a > b: 16 of 1,000 rows", "a > b: 326 of 1,000 rows, 10 rows/s, 1 min 08 s left");
  }

  @Test
  void linesGoToStandardErrorWhereNoLogIsWritten() {
    WatchedProgress.sparse(false, new PrintStream(terminal, true, StandardCharsets.UTF_8))
        .accept("a > b: 3 of 10 rows");

    assertThat(terminal.toString(StandardCharsets.UTF_8)).startsWith("a > b: 3 of 10 rows");
  }

  private WatchedProgress progress(boolean onTerminal) {
    return new WatchedProgress(
        "a > b",
        clock::get,
        () -> onTerminal,
        new PrintStream(terminal, true, StandardCharsets.UTF_8),
        log::add);
  }
}
