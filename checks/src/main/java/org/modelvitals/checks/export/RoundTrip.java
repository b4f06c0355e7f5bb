package org.modelvitals.checks.export;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.spec.Doc;
import org.modelvitals.statistics.Intervals;

/** Encodes texts and decodes them again. */
public final class RoundTrip {
  private static final int KEPT = 10;
  private static final int SHOWN = 80;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Tokenizer tokenizer;
  private final Fidelity fidelity;
  private final OptionalLong unknown;
  private final List<Lost> lost = new ArrayList<>();
  private long texts;
  private long failures;
  private long tokens;
  private long unknowns;

  /** How well a text must come back. */
  public enum Fidelity {
    /** Character by character. */
    @Doc("Character by character.")
    EXACT,
    /** But for case, blanks, and how characters are composed (Unicode's NFKC). */
    @Doc("But for case, blanks, and how characters are composed.")
    FOLDED,
    /** However it does: it is measured and not judged. */
    @Doc("It is measured and not judged.")
    MEASURED
  }

  private record Lost(String where, int at, String text, String back) {}

  RoundTrip(Tokenizer tokenizer, Fidelity fidelity) {
    this.tokenizer = tokenizer;
    this.fidelity = fidelity;
    this.unknown = tokenizer.unknown();
  }

  /**
   * Tries a text. The tokenizer adds no special tokens, and those that stand in the text are shown.
   *
   * @param where where it stands, for people
   */
  void add(String where, String text) {
    long[] ids = tokenizer.encode(text, false);
    texts++;
    tokens += ids.length;
    for (long id : ids) {
      unknowns += unknown.isPresent() && unknown.getAsLong() == id ? 1 : 0;
    }
    String back = tokenizer.text(ids, true);
    String before = folded(text);
    String after = folded(back);
    if (!before.equals(after)) {
      failures++;
      if (lost.size() < KEPT) {
        lost.add(new Lost(where, difference(before, after), before, after));
      }
    }
  }

  private String folded(String text) {
    return fidelity == Fidelity.FOLDED
        ? BLANKS
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
            .replaceAll(" ")
            .strip()
            .toLowerCase(Locale.ROOT)
        : text;
  }

  private static int difference(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  void addTo(Reading.Builder reading) {
    reading.add(
        texts == 0
            ? Measurement.undefined("round trip failures", NUMBER, 0, "there were no texts")
            : Measurement.exact("round trip failures", (double) failures, NUMBER)
                .note(String.format(Locale.ROOT, "of %,d texts", texts)));
    reading.add(
        texts == 0
            ? Measurement.undefined("round trip", FRACTION, 0, "there were no texts")
            : Measurement.sampled(
                "round trip",
                (double) (texts - failures) / texts,
                FRACTION,
                texts,
                Intervals.wilson(texts - failures, texts)));
    reading.add(
        tokens == 0
            ? Measurement.undefined("unknown tokens", FRACTION, 0, "there were no tokens")
            : Measurement.sampled(
                "unknown tokens",
                (double) unknowns / tokens,
                FRACTION,
                tokens,
                Intervals.wilson(unknowns, tokens)));
    if (!lost.isEmpty()) {
      Lost one = lost.get(0);
      reading.add(
          new Evidence.Table(
              "Texts that do not come back",
              "%s does not come back from encoding and decoding: from character %d on, '%s' is '%s'"
                  .formatted(one.where, one.at, from(one.text, one.at), from(one.back, one.at)),
              List.of("text", "from character", "encoded", "decoded"),
              lost.stream()
                  .map(
                      l ->
                          List.of(
                              l.where,
                              Integer.toString(l.at),
                              from(l.text, l.at),
                              from(l.back, l.at)))
                  .toList()));
    }
  }

  private static String from(String text, int at) {
    int begin = Math.max(0, Math.min(at, text.length()));
    String rest = text.substring(begin);
    return rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + "…";
  }
}
