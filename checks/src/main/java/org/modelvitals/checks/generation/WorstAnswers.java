package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;

/** The answers with the lowest scores, of which some are always imperfect. */
final class WorstAnswers {
  private static final int KEPT = 20;
  private static final int SHOWN = 400;
  private static final int IN_SENTENCE = 100;

  private final String title;
  private final String score;
  private final String format;
  private final List<Scored> worst = new ArrayList<>();
  private @Nullable Evidence strip;

  private record Scored(Answer answer, List<String> references, double score) {}

  /**
   * @param score the score's name
   * @param format of its value, as in {@link String#format}
   */
  WorstAnswers(String title, String score, String format) {
    this.title = title;
    this.score = score;
    this.format = format;
  }

  void add(Answer answer, List<String> references, double value) {
    if (worst.isEmpty() || value < worst.get(0).score) {
      strip = AnswerStrip.of(answer);
    }
    worst.add(new Scored(answer, references, value));
    worst.sort(Comparator.comparingDouble(Scored::score));
    if (worst.size() > KEPT) {
      worst.remove(KEPT);
    }
  }

  void addTo(Reading.Builder reading) {
    if (!worst.isEmpty()) {
      reading.add(table());
    }
    if (strip != null) {
      reading.add(strip);
    }
  }

  private Evidence table() {
    Scored first = worst.get(0);
    return new Evidence.Table(
        title,
        "%s: after %s expected %s, got %s (%s %s)"
            .formatted(
                first.answer.row().where(),
                WrongAnswers.quoted(WrongAnswers.prompt(first.answer.prompt(), IN_SENTENCE)),
                WrongAnswers.start(WrongAnswers.anyOf(first.references), IN_SENTENCE),
                WrongAnswers.quoted(WrongAnswers.start(first.answer.text(), IN_SENTENCE)),
                score,
                shown(first.score)),
        List.of("row", score, "prompt", "expected", "got"),
        worst.stream()
            .map(
                each ->
                    List.of(
                        each.answer.row().where(),
                        shown(each.score),
                        WrongAnswers.prompt(each.answer.prompt(), SHOWN),
                        WrongAnswers.start(WrongAnswers.anyOf(each.references), SHOWN),
                        WrongAnswers.start(each.answer.text(), SHOWN)))
            .toList());
  }

  private String shown(double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
