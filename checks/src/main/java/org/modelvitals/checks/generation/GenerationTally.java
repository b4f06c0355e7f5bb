package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.text.Diversity;
import org.modelvitals.language.Generated.End;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Moments;
import org.modelvitals.text.Regex;
import org.modelvitals.unit.Unit;

/** Sums up what a model wrote. */
final class GenerationTally {
  private static final int LEAST_REPEATS = 3;
  private static final int LONGEST_DISTINCT = 3;

  private final Generation declared;
  private final @Nullable Regex pattern;
  private final Share exact = new Share();
  private final Share matching = new Share();
  private final Share containing = new Share();
  private final Share forbidden = new Share();
  private final Share empty = new Share();
  private final Share degenerate = new Share();
  private final Map<End, Share> ends = new EnumMap<>(End.class);
  private final Moments lengths = new Moments();
  private final List<List<Long>> tokens = new ArrayList<>();
  private final WrongAnswers wrong = new WrongAnswers();
  private Diversity.Loop longest = new Diversity.Loop(0, 0, 0);
  private @Nullable Answer looping;
  private int shortest = Integer.MAX_VALUE;
  private int most;

  GenerationTally(Generation declared) {
    this.declared = declared;
    String regex = declared.pattern();
    this.pattern = regex == null ? null : Regex.of(regex);
    for (End end : End.values()) {
      ends.put(end, new Share());
    }
  }

  void add(Answer answer) {
    List<Long> ids = answer.generated().tokens();
    tokens.add(ids);
    lengths.add(ids.size());
    shortest = Math.min(shortest, ids.size());
    most = Math.max(most, ids.size());
    ends.forEach((end, share) -> share.add(answer.generated().end() == end));
    Diversity.Loop loop = Diversity.longestLoop(ids);
    if (loop.length() > longest.length()) {
      longest = loop;
      looping = answer;
    }
    boolean isEmpty = empty.add(answer.text().isBlank());
    boolean circles = loop.times() >= LEAST_REPEATS && 2 * loop.length() > ids.size();
    degenerate.add(isEmpty || circles);
    fault(answer).ifPresent(expected -> wrong.add(answer, expected));
  }

  /** The first thing that is not as declared. Everything is counted all the same. */
  private Optional<String> fault(Answer answer) {
    List<String> faults = new ArrayList<>();
    String reference = declared.reference();
    if (reference != null) {
      List<String> truths = answer.references(reference);
      boolean same = truths.stream().anyMatch(text -> text.strip().equals(answer.text().strip()));
      if (!exact.add(same)) {
        faults.add(WrongAnswers.anyOf(truths));
      }
    }
    if (pattern != null && !matching.add(answer.matches(pattern, answer.text().strip()))) {
      faults.add("a text that matches /%s/".formatted(pattern));
    }
    List<String> missing =
        declared.contains().stream().filter(text -> !answer.text().contains(text)).toList();
    if (!declared.contains().isEmpty() && !containing.add(missing.isEmpty())) {
      faults.add("a text with " + WrongAnswers.anyOf(missing).replace(" or ", " and "));
    }
    List<String> found =
        declared.forbidden().stream().filter(text -> answer.text().contains(text)).toList();
    if (!declared.forbidden().isEmpty() && forbidden.add(!found.isEmpty())) {
      faults.add("a text without " + WrongAnswers.anyOf(found));
    }
    return faults.stream().findFirst();
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    if (declared.reference() != null) {
      reading.add(exact.measurement("exact match"));
    }
    if (pattern != null) {
      reading.add(matching.measurement("pattern match"));
    }
    if (!declared.contains().isEmpty()) {
      reading.add(containing.measurement("contained"));
    }
    if (!declared.forbidden().isEmpty()) {
      reading.add(forbidden.measurement("with forbidden"));
    }
    reading
        .add(empty.measurement("empty"))
        .add(degenerate.measurement("degenerate"))
        .add(number("longest loop", longest.length()));
    for (int n = 1; n <= LONGEST_DISTINCT; n++) {
      reading.add(distinct(n));
    }
    reading
        .add(Share.mean("mean tokens", Unit.NUMBER, lengths))
        .add(number("min tokens", shortest))
        .add(number("max tokens", most));
    ends.forEach(
        (end, share) ->
            reading.add(
                share.measurement(
                    "stopped[%s]"
                        .formatted(end.name().toLowerCase(Locale.ROOT).replace('_', ' ')))));
    reading.add(Measurement.exact("answers", (double) lengths.count(), Unit.NUMBER));
    wrong.addTo(reading);
    loop().ifPresent(reading::add);
    return reading.build();
  }

  private Measurement number(String name, int value) {
    return lengths.count() == 0
        ? Measurement.undefined(name, Unit.NUMBER, 0, "there were no prompts")
        : Measurement.exact(name, value, Unit.NUMBER);
  }

  private Measurement distinct(int n) {
    String name = "distinct[%d]".formatted(n);
    double value = Diversity.distinct(n, tokens);
    return Double.isNaN(value)
        ? Measurement.undefined(name, Unit.NUMBER, 0, "no answer has %d tokens".formatted(n))
        : Measurement.exact(name, value, Unit.NUMBER);
  }

  private Optional<Evidence> loop() {
    Answer answer = looping;
    if (answer == null || longest.times() < LEAST_REPEATS) {
      return Optional.empty();
    }
    return Optional.of(
        new Evidence.Note(
            "Longest loop",
            "%s: %d tokens are repeated %d times after %s: %s"
                .formatted(
                    answer.row().where(),
                    longest.period(),
                    longest.times(),
                    WrongAnswers.quoted(WrongAnswers.prompt(answer.prompt(), 100)),
                    WrongAnswers.quoted(WrongAnswers.start(answer.text(), 160)))));
  }
}
