package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.BITS;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.List;
import java.util.Locale;
import org.modelvitals.checks.language.PerplexityTally.Sums;
import org.modelvitals.checks.slices.SliceFindings;
import org.modelvitals.checks.slices.SliceRanking;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.RatioOfSums;
import org.modelvitals.unit.Unit;

/** The measurements of how likely a model finds texts. */
final class PerplexityReading {
  private static final int SHOWN = 80;

  /** A slice says nothing whose nats are not known better than this share of those of all texts. */
  private static final double WIDEST_INTERVAL = 0.5;

  private static final double BITS_PER_NAT = 1 / Math.log(2);

  private final PerplexityTally tally;
  private final Tokenizer tokenizer;
  private final Reading.Builder reading = Reading.builder();
  private List<Evidence> bySlice = List.of();

  PerplexityReading(PerplexityTally tally, Tokenizer tokenizer) {
    this.tally = tally;
    this.tokenizer = tokenizer;
  }

  Reading make() {
    RatioOfSums perToken = tally.all.perToken;
    long tokens = (long) perToken.denominator();
    if (tally.nonFinite > 0 || tokens == 0) {
      addUndefined();
    } else {
      addDefined(tokens);
    }
    reading
        .add(Measurement.exact("tokens", (double) tokens, NUMBER))
        .add(Measurement.exact("texts", (double) perToken.clusters(), NUMBER))
        .add(Measurement.exact("windows", (double) tally.windows, NUMBER))
        .add(Measurement.exact("skipped texts", (double) tally.skipped, NUMBER))
        .add(Measurement.exact("softmaxed outputs", (double) tally.softmaxed, NUMBER))
        .add(Measurement.exact("non-finite outputs", (double) tally.nonFinite, NUMBER));
    String softmaxed = tally.firstSoftmaxed;
    if (softmaxed != null) {
      reading.add(Softmaxed.note(softmaxed));
    }
    List<ScoredText> worst = tally.worst();
    if (tally.nonFinite == 0 && !worst.isEmpty()) {
      reading.add(strip(worst.get(0)));
      reading.add(table(worst));
    }
    bySlice.forEach(reading::add);
    return reading.build();
  }

  private void addUndefined() {
    String reason =
        tally.firstNonFinite == null
            ? "no text has a token that something stands before"
            : tally.firstNonFinite;
    for (String name : List.of("perplexity", "strided perplexity", "worst perplexity")) {
      reading.add(Measurement.undefined(name, NUMBER, 0, reason));
    }
    reading.add(Measurement.undefined("nats per token", NATS, 0, reason));
    reading.add(Measurement.undefined("bits per token", BITS, 0, reason));
    reading.add(Measurement.undefined("bits per byte", BITS, 0, reason));
    if (tally.nonFinite > 0) {
      reading.add(
          new Evidence.Note(
              "Log-probabilities that are no finite numbers",
              "%s, and %,d such in all".formatted(reason, tally.nonFinite)));
    }
  }

  private void addDefined(long tokens) {
    reading.add(perplexity("perplexity", tally.all.perToken));
    reading.add(
        tally.guide.clusters() > 0
            ? perplexity("strided perplexity", tally.guide)
            : Measurement.undefined(
                "strided perplexity", NUMBER, tokens, "no window has two tokens that are new"));
    reading.add(ratio("nats per token", tally.all.perToken, NATS, 1));
    reading.add(ratio("bits per token", tally.all.perToken, BITS, BITS_PER_NAT));
    reading.add(
        tokenizer.readsTexts()
            ? ratio("bits per byte", tally.all.perByte, BITS, 1)
            : Measurement.undefined(
                "bits per byte",
                BITS,
                tokens,
                "texts are given as ids, whose bytes are not known"));
    ScoredText worst = tally.worst().get(0);
    reading.add(
        Measurement.sampled(
                "worst perplexity", Math.exp(worst.natsPerToken()), NUMBER, worst.tokens(), null)
            .note(worst.text().where()));
    tally.slices.forEach(this::addSlice);
    bySlice =
        SliceFindings.add(
            reading,
            tally
                .weak
                .map(search -> search.findings("nats per token", NATS))
                .orElse(SliceFindings.NONE),
            ranking().findings());
  }

  private void addSlice(String slice, Sums sums) {
    addSlice(perplexity("perplexity[" + slice + "]", sums.perToken), sums);
    addSlice(ratio("nats per token[" + slice + "]", sums.perToken, NATS, 1), sums);
    if (tokenizer.readsTexts()) {
      addSlice(ratio("bits per byte[" + slice + "]", sums.perByte, BITS, 1), sums);
    }
  }

  private void addSlice(Measurement measured, Sums sums) {
    reading.add(tally.slicer.unlessTooFew(measured, sums.perToken.clusters()));
  }

  private SliceRanking ranking() {
    double whole = tally.all.perToken.value();
    SliceRanking ranking =
        new SliceRanking("nats per token", NATS, false, whole, whole * WIDEST_INTERVAL);
    tally.slices.forEach(
        (slice, sums) ->
            ranking.add(
                slice,
                sums.perToken.clusters(),
                sums.perToken.value(),
                sums.perToken::interval,
                tally.slicer.tooFew(sums.perToken.clusters())));
    return ranking;
  }

  private static Measurement perplexity(String name, RatioOfSums sums) {
    Interval nats = sums.interval();
    return Measurement.sampled(
        name,
        Math.exp(sums.value()),
        NUMBER,
        (long) sums.denominator(),
        new Interval(Math.exp(nats.low()), Math.exp(nats.high()), nats.level(), nats.method()));
  }

  private static Measurement ratio(String name, RatioOfSums sums, Unit unit, double factor) {
    Interval interval = sums.interval();
    return Measurement.sampled(
        name,
        sums.value() * factor,
        unit,
        (long) sums.denominator(),
        new Interval(
            interval.low() * factor,
            interval.high() * factor,
            interval.level(),
            interval.method()));
  }

  private Evidence strip(ScoredText worst) {
    int least = worst.least();
    return TokenStrip.of(
        "The least likely text",
        String.format(
            Locale.ROOT,
            "%s is the least likely text, with perplexity %.4g over %,d tokens; the least likely in"
                + " it is token %d, '%s', with log-probability %.3f",
            worst.text().where(),
            Math.exp(worst.natsPerToken()),
            worst.tokens(),
            least,
            tokenizer.name(worst.ids()[least]),
            worst.logProbabilities()[least]),
        tokenizer,
        worst.ids(),
        worst.logProbabilities(),
        least);
  }

  private Evidence table(List<ScoredText> worst) {
    return new Evidence.Table(
        "The least likely texts",
        "",
        List.of("text", "perplexity", "tokens", "least likely token", "log-probability", "begins"),
        worst.stream().map(this::row).toList());
  }

  private List<String> row(ScoredText scored) {
    int least = scored.least();
    String text = scored.text().text().strip();
    return List.of(
        scored.text().where(),
        String.format(Locale.ROOT, "%.4g", Math.exp(scored.natsPerToken())),
        Long.toString(scored.tokens()),
        tokenizer.name(scored.ids()[least]),
        String.format(Locale.ROOT, "%.3f", scored.logProbabilities()[least]),
        text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
  }
}
