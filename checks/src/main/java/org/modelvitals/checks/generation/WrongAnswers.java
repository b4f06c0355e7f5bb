package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;

/** The first answers that are not as they should be. */
final class WrongAnswers {
  private static final int KEPT = 20;
  private static final int SHOWN = 400;
  private static final int IN_SENTENCE = 100;

  private final List<Wrong> first = new ArrayList<>();
  private @Nullable Evidence strip;
  private long count;

  private record Wrong(Answer answer, String expected) {}

  /**
   * Takes in a wrong answer.
   *
   * @param expected what it should be, in words: {@code 'Paris' or 'paris'}
   */
  void add(Answer answer, String expected) {
    count++;
    if (first.isEmpty()) {
      strip = AnswerStrip.of(answer);
    }
    if (first.size() < KEPT) {
      first.add(new Wrong(answer, expected));
    }
  }

  void addTo(Reading.Builder reading) {
    if (!first.isEmpty()) {
      reading.add(table());
    }
    if (strip != null) {
      reading.add(strip);
    }
  }

  private Evidence table() {
    Wrong wrong = first.get(0);
    return new Evidence.Table(
        "Answers that are not as they should be",
        "%s: after %s expected %s, got %s (%s)%s"
            .formatted(
                wrong.answer.row().where(),
                quoted(prompt(wrong.answer.prompt(), IN_SENTENCE)),
                start(wrong.expected, IN_SENTENCE),
                quoted(start(wrong.answer.text(), IN_SENTENCE)),
                stopped(wrong.answer),
                count == 1 ? "" : "; %,d answers are wrong".formatted(count)),
        List.of("row", "prompt", "expected", "got", "stopped"),
        first.stream()
            .map(
                each ->
                    List.of(
                        each.answer.row().where(),
                        prompt(each.answer.prompt(), SHOWN),
                        start(each.expected, SHOWN),
                        start(each.answer.text(), SHOWN),
                        stopped(each.answer)))
            .toList());
  }

  /** Why the answer ended, in words. */
  static String stopped(Answer answer) {
    return switch (answer.generated().end()) {
      case STOP_TOKEN -> "ended by itself";
      case STOP_STRING -> "ended at a stop string";
      case MAX_NEW_TOKENS -> "cut off at the limit of new tokens";
      case CONTEXT -> "cut off at the end of the model's context";
      case NOT_FINITE -> "cut off where logits are not finite";
    };
  }

  /** True texts, for people. */
  static String anyOf(List<String> texts) {
    return texts.isEmpty()
        ? "nothing"
        : String.join(" or ", texts.stream().distinct().map(WrongAnswers::quoted).toList());
  }

  static String quoted(String text) {
    return "'" + text.replace("\n", "\\n") + "'";
  }

  static String start(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /**
   * Of a long prompt the beginning, which says what is asked, and the end, which is gone on from.
   */
  static String prompt(String text, int length) {
    int half = (length - 3) / 2;
    return text.length() <= length
        ? text
        : text.substring(0, half) + " … " + text.substring(text.length() - half);
  }
}
