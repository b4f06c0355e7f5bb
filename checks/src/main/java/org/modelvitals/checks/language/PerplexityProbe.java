package org.modelvitals.checks.language;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.checks.language.Windows.Window;
import org.modelvitals.checks.slices.SliceInfo;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link Perplexity} declares. */
public final class PerplexityProbe implements ProbeType<Perplexity> {

  @Override
  public String keyword() {
    return "perplexity";
  }

  @Override
  public Class<Perplexity> specification() {
    return Perplexity.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "perplexity",
            "column=value",
            Unit.NUMBER,
            "The exponential of the nats per token: every token that something stands before counts"
                + " once. Interval from the texts as clusters."),
        MeasurementInfo.number(
            "strided perplexity",
            Unit.NUMBER,
            "The number that the loop in Hugging Face's guide \"Perplexity of fixed-length models\""
                + " prints: the mean loss of each window, weighted by its new tokens less one."),
        MeasurementInfo.withParts(
            "nats per token",
            "column=value",
            Unit.NATS,
            "The mean negative log-probability of the predicted tokens. Interval from the texts as"
                + " clusters."),
        MeasurementInfo.number(
            "bits per token", Unit.BITS, "The nats per token in bits. The same interval."),
        MeasurementInfo.withParts(
            "bits per byte",
            "column=value",
            Unit.BITS,
            "The bits of all predicted tokens by the bytes of the texts in UTF-8, which makes models"
                + " with different tokenizers comparable. Interval from the texts as clusters."),
        MeasurementInfo.number(
            "worst perplexity",
            Unit.NUMBER,
            "The perplexity of the text that the model finds least likely."),
        SliceInfo.worstSlice("nats per token", Unit.NATS),
        SliceInfo.weakSlices(),
        SliceInfo.weakSliceGap("nats per token", Unit.NATS),
        MeasurementInfo.number("tokens", Unit.NUMBER, "How many tokens were predicted."),
        MeasurementInfo.number(
            "texts", Unit.NUMBER, "How many texts have a token that is predicted."),
        MeasurementInfo.number(
            "windows",
            Unit.NUMBER,
            "How many pieces the texts were fed in; one a text if all fit."),
        MeasurementInfo.number(
            "skipped texts",
            Unit.NUMBER,
            "How many texts are so short that nothing in them is predicted."),
        MeasurementInfo.number(
            "softmaxed outputs",
            Unit.NUMBER,
            "At how many predicted tokens the outputs are probabilities already, and no logits; expected to be"
                + " none."),
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "How many log-probabilities are NaN or infinite; expected to be none."));
  }

  @Override
  public List<Expectation> implied(Perplexity specification) {
    return List.of(
        Perplexity.nonFiniteOutputs().isEqualTo(0), Perplexity.softmaxedOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Perplexity specification, ProbeContext context) {
    try (TextModel model = TextModel.open(context, specification.setup());
        Texts texts = Texts.open(specification.source(), context::resolve, model)) {
      PerplexityTally tally =
          new PerplexityTally(
              Slicer.of(specification.slices(), specification.source().data(), context));
      Feed feed = new Feed(specification, model, tally);
      long done = 0;
      for (Optional<Text> text = texts.next(); text.isPresent(); text = texts.next()) {
        feed.add(text.get());
        context.progress().at(++done, texts.total(), "texts");
      }
      feed.batches.flush();
      return new PerplexityReading(tally, model.tokenizer()).make();
    }
  }

  /** Cuts texts into windows and feeds these in batches. */
  private static final class Feed {
    private final Perplexity declared;
    private final TextModel model;
    private final PerplexityTally tally;
    private final long[] prefix;
    private final int maxLength;
    private final RowBatches<Piece> batches;

    private record Piece(ScoredText text, Window window) {}

    Feed(Perplexity declared, TextModel model, PerplexityTally tally) {
      this.declared = declared;
      this.model = model;
      this.tally = tally;
      String token = declared.prefix();
      prefix = token == null ? new long[0] : new long[] {model.token(token)};
      Integer length = declared.maxLength();
      int context = model.model().contextLength().orElse(-1);
      if (length != null && context > 0 && length > context) {
        throw new ProbeException(
            "max-length is %d, but the model takes no more than %d tokens"
                .formatted(length, context));
      }
      maxLength = length == null ? context : length;
      Integer stride = declared.stride();
      if (stride != null && maxLength > 0 && stride > maxLength) {
        throw new ProbeException(
            "stride is %d, but the model takes no more than %d tokens"
                .formatted(stride, maxLength));
      }
      batches =
          new RowBatches<>(
              model.model(),
              declared.setup().batch(),
              model.tokenizer().padding(),
              piece -> piece.text().text().where(),
              (piece, ids, logits, row) -> tally.add(piece.text(), piece.window(), logits, row));
    }

    void add(Text text) {
      long[] encoded = model.encode(text.where(), text.text(), declared.special());
      long[] ids = Arrays.copyOf(prefix, prefix.length + encoded.length);
      System.arraycopy(encoded, 0, ids, prefix.length, encoded.length);
      if (ids.length < 2) {
        tally.skipped++;
        return;
      }
      int length = maxLength > 0 ? maxLength : ids.length;
      Integer stride = declared.stride();
      List<Window> windows =
          Windows.of(
              ids.length,
              length,
              stride == null ? Math.max(1, length / 2) : Math.min(stride, length));
      ScoredText scored = new ScoredText(text, ids, windows.size());
      for (Window window : windows) {
        batches.add(
            windows.size() == 1 ? ids : Arrays.copyOfRange(ids, window.begin(), window.end()),
            new Piece(scored, window));
      }
    }
  }
}
