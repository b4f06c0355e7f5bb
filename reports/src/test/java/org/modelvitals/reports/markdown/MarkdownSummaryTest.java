package org.modelvitals.reports.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.reports.SampleRecords;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class MarkdownSummaryTest {

  @Test
  void saysFirstWhatFailedAndWhy() {
    String text = MarkdownSummary.render(SampleRecords.rich());

    assertThat(text)
        .startsWith(
            "## ❌ ModelVitals: Not healthy\n\n9 checks: 2 failed, 2 errors, 1 inconclusive, 1 skipped, 3 passed (1 flaky)")
        .containsSubsequence(
            "**failed** <code>digits</code> › <code>reads digits</code><br>accuracy is 95.12 %",
            "<br>class 8 is worst&#58; recall 91.2 %",
            "**error** <code>digits</code> › <code>stays small</code><br>the child process",
            "**inconclusive** <code>digits</code> › <code>answers in time</code>",
            "**flaky** <code>digits</code> › <code>reads sevens</code> passed in attempt 3",
            "<details><summary>All checks</summary>",
            "| ✅ passed | <code>grammar</code> | <code>knows the cat</code> |",
            "Models and devices",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "12 nodes on <code>CPUExecutionProvider</code>");
  }

  @Test
  void saysThatAllIsWell() {
    assertThat(MarkdownSummary.render(SampleRecords.healthy()))
        .startsWith("## ✅ ModelVitals: Healthy\n\n1 check: 1 passed\n");
  }

  @Test
  void eachExpectationHasAVerdictOfItsOwn() {
    assertThat(MarkdownSummary.render(SampleRecords.rich()))
        .containsPattern(
            "\\| ❌ failed \\| <code>digits</code> \\| <code>reads digits</code> \\| accuracy")
        .containsPattern(
            "\\| ✅ passed \\| <code>digits</code> \\| <code>reads digits</code> \\| recall");
  }

  @Test
  void whatWasSkippedAltogetherIsNotCalledHealthy() {
    CheckRecord skipped =
        SampleRecords.check(
            "c", new Verdict(Status.SKIPPED, "no CUDA device", List.of()), List.of(), List.of());

    assertThat(
            MarkdownSummary.render(
                SampleRecords.run("r", "b", SampleRecords.suite("s", "S", List.of(skipped)))))
        .startsWith("## ⏭️ ModelVitals: Skipped\n\n1 check: 1 skipped\n");
  }

  @Test
  void hostileTextStaysText() {
    String text = MarkdownSummary.render(SampleRecords.rich());

    assertThat(text)
        .doesNotContain("<script", "](", "@everyone", "<!--", "`code`", "http://", "*a*", "~~")
        .doesNotContain("\u0000", "\u0007", "\u001b", "\u202e", "\r");
    rows(text).forEach(row -> assertThat(pipes(row)).as(row).isEqualTo(6));
    assertThat(text.lines().filter(line -> line.contains("</details>")))
        .allMatch(line -> line.startsWith("</details>"));
    assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(text);
  }

  private static List<String> rows(String text) {
    return text.lines().filter(line -> line.startsWith("|")).toList();
  }

  private static long pipes(String row) {
    return row.chars().filter(c -> c == '|').count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@team", "#12", "!3", ":smile:", "https://example.org", "www.example.org", "GH-7"})
  void nothingIsLinked(String text) {
    String prose = MarkdownText.prose("see " + text + " there");

    assertThat(shown(prose)).isNotEqualTo("see " + text + " there");
    assertThat(shown(prose).replace("\u2060", "")).isEqualTo("see " + text + " there");
  }

  @Test
  void leavesNumbersAndWordsAlone() {
    assertThat(MarkdownText.prose("accuracy is 0.1234567890, 95 % of 1234567 rows"))
        .isEqualTo("accuracy is 0.1234567890, 95 % of 1234567 rows");
    assertThat(MarkdownText.prose("deadbeefcafe")).isNotEqualTo("deadbeefcafe");
  }

  /** What a reader sees: references become their characters. */
  private static String shown(String markdown) {
    return java.util.regex.Pattern.compile("&#(\\d+);")
        .matcher(markdown)
        .replaceAll(
            m ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(m.group(1)))));
  }

  @Property(tries = 300)
  void isOneLineOfNothingButText(@ForAll String text) {
    for (String rendered : List.of(MarkdownText.prose(text), MarkdownText.code(text))) {
      String inner = rendered.replaceFirst("^<code>", "").replaceFirst("</code>$", "");
      assertThat(inner).doesNotContain("\n", "\r", "|", "<", ">", "`", "[", "]", "*");
      assertThat(inner.replaceAll("&#\\d+;", "")).doesNotContain("&");
      assertThat(
              shown(inner)
                  .replace("\u2060", "")
                  .codePointCount(0, shown(inner).replace("\u2060", "").length()))
          .isLessThanOrEqualTo(400);
    }
  }

  @Test
  void isBoundedHoweverMuchThereIs() {
    String huge = MarkdownSummary.render(SampleRecords.huge());
    assertThat(huge.getBytes(StandardCharsets.UTF_8).length)
        .isBetween(40_000, MarkdownSummary.LIMIT);
    assertThat(huge).contains(" more checks that did not pass.", " more rows.", "</details>\n");

    CheckRecord[] checks =
        IntStream.range(0, 5_000)
            .mapToObj(
                i ->
                    SampleRecords.check(
                        "&".repeat(5_000) + i,
                        new Verdict(Status.FAILED, "<".repeat(100_000), List.of()),
                        List.of(),
                        List.of()))
            .toArray(CheckRecord[]::new);
    RunRecord run =
        SampleRecords.run(
            "r", "b", SampleRecords.suite("𝒰".repeat(5_000), "S", Arrays.asList(checks)));
    assertThat(MarkdownSummary.render(run).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(MarkdownSummary.LIMIT);
  }
}
