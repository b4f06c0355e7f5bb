package org.modelvitals.checks.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Golden.Origin;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.checks.language.Windows.Window;
import org.modelvitals.data.DataException;
import org.modelvitals.language.Logits;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;

/** One pass over texts that looks at every position, holding it against what is known of it. */
final class DistributionPass implements AutoCloseable {
  private static final double FLAT = 0.99;

  /** What stands for a tokenizer in recorded files where texts are ids. */
  private static final byte[] NO_TOKENIZER = TextModel.NONE.getBytes(StandardCharsets.UTF_8);

  private final TokenDistribution declared;
  private final ProbeContext context;
  private final TextModel model;
  private final PositionDistribution distribution;
  private final DistributionTally tally;
  private final RowBatches<Piece> batches;
  private final @Nullable GoldenReader recorded;
  private final @Nullable GoldenWriter recorder;
  private final int maxLength;

  private record Piece(TextState text, Window window) {}

  /**
   * @param updating whether the golden file is written instead of compared
   */
  DistributionPass(
      TokenDistribution declared, ProbeContext context, TextModel model, boolean updating) {
    this.declared = declared;
    this.context = context;
    this.model = model;
    int vocabulary = model.model().vocabulary();
    this.distribution = new PositionDistribution(vocabulary);
    Double high = declared.highEntropy();
    this.tally =
        new DistributionTally(
            model.tokenizer(),
            vocabulary,
            declared.lowEntropy(),
            high == null ? FLAT * Math.log(vocabulary) : high);
    this.batches =
        new RowBatches<>(
            model.model(),
            declared.setup().batch(),
            model.tokenizer().padding(),
            piece -> piece.text().text().where(),
            this::visit);
    this.maxLength = model.model().contextLength().orElse(-1);
    String golden = declared.golden();
    Origin origin = golden == null ? null : origin(vocabulary);
    this.recorder =
        golden != null && origin != null && updating
            ? new GoldenWriter(target(golden), declared, origin)
            : null;
    this.recorded =
        golden != null && origin != null && !updating
            ? new GoldenReader(existing(golden), golden, origin)
            : null;
  }

  private Origin origin(int vocabulary) {
    Optional<Path> tokenizer = model.tokenizerFile();
    try {
      return new Origin(
          context.modelFile().sha256(),
          Golden.sha256(tokenizer.isEmpty() ? NO_TOKENIZER : Files.readAllBytes(tokenizer.get())),
          declared.special(),
          vocabulary,
          declared.top());
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(tokenizer.orElseThrow(), e), e);
    }
  }

  private Path existing(String golden) {
    try {
      return context.resolve(golden);
    } catch (ProbeException e) {
      throw new ProbeException(
          "%s; it is recorded from an approved model with -D%s=true"
              .formatted(e.getMessage(), Golden.UPDATE),
          e);
    }
  }

  /** Where a file of the suite will be that may not exist yet, nor its folder. */
  private Path target(String golden) {
    if (golden.startsWith("classpath:")) {
      throw new ProbeException(
          "'%s' lies on the class path, where nothing is recorded; name it as a file"
              .formatted(golden));
    }
    try {
      return context.resolve(golden);
    } catch (ProbeException e) {
      Path relative = Path.of(golden);
      Path parent = relative.getParent();
      Path folder = parent == null ? context.resolve(".") : target(parent.toString());
      return folder.resolve(relative.getFileName());
    }
  }

  Reading run() {
    try (Texts texts = Texts.open(declared.source(), context::resolve, model)) {
      long done = 0;
      for (Optional<Text> text = texts.next(); text.isPresent(); text = texts.next()) {
        add(text.get());
        context.progress().at(++done, texts.total(), "texts");
      }
    }
    batches.flush();
    if (recorded != null) {
      recorded.requireEnd();
    }
    boolean compares = declared.truth() != null || declared.golden() != null;
    Reading reading =
        new DistributionReading(tally, model.tokenizer(), declared.floor(), compares).make();
    if (recorder == null) {
      return reading;
    }
    if (tally.nonFinite > 0) {
      return reading; // such a model is not worth being held against
    }
    recorder.finish();
    Evidence note =
        new Evidence.Note(
            "Recorded",
            "%s was recorded from this model just now into %s, and the model was held against itself"
                .formatted(declared.golden(), recorder.file()));
    List<Evidence> evidence = Stream.concat(reading.evidence().stream(), Stream.of(note)).toList();
    return new Reading(reading.measurements(), evidence);
  }

  private void add(Text text) {
    long[] ids = model.encode(text.where(), text.text(), declared.special());
    @Nullable KnownDistribution[] known = known(text, ids.length);
    if (ids.length == 0) {
      return;
    }
    int length = maxLength > 0 ? maxLength : ids.length;
    List<Window> windows = Windows.of(ids.length, length, Math.max(1, length / 2));
    TextState state = new TextState(text, ids, known, windows.size());
    for (Window window : windows) {
      batches.add(
          windows.size() == 1 ? ids : Arrays.copyOfRange(ids, window.begin(), window.end()),
          new Piece(state, window));
    }
  }

  private @Nullable KnownDistribution[] known(Text text, int tokens) {
    if (recorded != null) {
      return recorded.next(text, tokens);
    }
    @Nullable KnownDistribution[] known = new KnownDistribution[tokens];
    String truth = declared.truth();
    if (truth != null && tokens > 0) {
      known[tokens - 1] = truth(text, truth);
    } else if (recorder != null && tokens == 0) {
      recorder.add(text, known);
    }
    return known;
  }

  private KnownDistribution truth(Text text, String column) {
    Object value = Template.value(text.row(), column);
    if (!(value instanceof Map<?, ?> map)) {
      throw new DataException(
          "%s: the column '%s' is no map from tokens to probabilities"
              .formatted(text.where(), column));
    }
    Map<String, Double> written = new LinkedHashMap<>();
    map.forEach(
        (token, probability) -> {
          if (!(probability instanceof Number number)) {
            throw new DataException(
                "%s: the probability of '%s' is %s; expected a number"
                    .formatted(text.where(), token, probability));
          }
          written.put(String.valueOf(token), number.doubleValue());
        });
    try {
      Truth truth = Truth.of(written, model.tokenizer());
      if (!truth.isComplete()) {
        throw new IllegalArgumentException(
            "the true probabilities sum to %s; expected 1".formatted(truth.sum()));
      }
      truth
          .probabilities()
          .keySet()
          .forEach(
              token ->
                  model
                      .model()
                      .requireKnown(
                          model.tokenizer().name(token), new long[] {token}, model.tokenizer()));
      return KnownDistribution.of(truth);
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(text.where(), e.getMessage()), e);
    }
  }

  private void visit(Piece piece, long[] ids, Logits logits, int row) {
    TextState state = piece.text();
    Window window = piece.window();
    int first = Math.max(window.fresh() - window.begin(), logits.firstPosition(row));
    for (int at = first; at < ids.length; at++) {
      int position = window.begin() + at;
      distribution.read(logits, row, at);
      if (recorder != null && distribution.nonFinite() == 0) {
        state.known()[position] = KnownDistribution.of(distribution, declared.top());
      }
      tally.add(state, position, distribution);
    }
    if (state.windowDone()) {
      tally.done(state);
      if (recorder != null) {
        recorder.add(state.text(), state.known());
      }
    }
  }

  @Override
  public void close() {
    if (recorded != null) {
      recorded.close();
    }
    if (recorder != null) {
      recorder.close();
    }
  }
}
