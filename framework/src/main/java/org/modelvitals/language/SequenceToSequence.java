package org.modelvitals.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageInputs.Role;
import org.modelvitals.model.Dim;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;

/**
 * An encoder and a decoder, as models for translation and summaries have them: the encoder reads
 * the whole source, the decoder goes on from a start token. For one thread at a time.
 */
public final class SequenceToSequence {
  private final LanguageGraph encoder;
  private final LanguageGraph decoder;
  private final @Nullable LanguageGraph later;
  private final Stage encoding;
  private final Settings settings;

  private SequenceToSequence(
      LanguageGraph encoder, LanguageGraph decoder, @Nullable LanguageGraph later) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.later = later;
    this.encoding = Stage.once(encoder);
    this.settings = Settings.beside(decoder.model().file().path());
  }

  /**
   * Recognises a pair.
   *
   * @param later the decoder for all calls after the first; null if {@code decoder} is for all,
   *     with a switch between them ({@code use_cache_branch}), a cache that begins empty, or none
   * @throws ModelException with a sentence that lists inputs and outputs if it is no such pair
   */
  public static SequenceToSequence of(
      Model encoder, Model decoder, @Nullable Model later, LanguageInputs names) {
    // Caches are taken by the later decoder only, if there is one.
    LanguageGraph first =
        Recognition.decoder(decoder, later == null ? names : names.withoutCaches());
    if (!first.has(Role.ENCODER_STATES)) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "%s takes no states of an encoder (%s); expected is 'encoder_hidden_states'"
              .formatted(decoder.file().path().getFileName(), first.convention()));
    }
    LanguageGraph next = first.caches().isEmpty() ? null : first;
    if (later != null) {
      next = Recognition.decoder(later, names);
    }
    return new SequenceToSequence(Recognition.encoder(encoder, names), first, next);
  }

  /**
   * Recognises the pair that a file belongs to, by the names that Optimum gives.
   *
   * @param file the encoder's or a decoder's
   * @param open opens a model; who gave it closes it
   * @throws ModelException if the file is not one of a pair, or it is not recognised
   */
  public static SequenceToSequence beside(
      Path file, Function<Path, Model> open, LanguageInputs names) {
    PairFiles files = PairFiles.of(file);
    Optional<Model> later = files.later().map(open);
    return of(open.apply(files.encoder()), open.apply(files.decoder()), later.orElse(null), names);
  }

  /** Whether a file is one of a pair: by its name, and by the encoder that is beside it. */
  public static boolean isPart(Path file) {
    return PairFiles.isPart(file);
  }

  /** How many tokens the decoder knows, if its graph says so; else the most that there can be. */
  public int vocabulary() {
    List<Dim> shape = decoder.logits().shape();
    Dim width = shape.get(shape.size() - 1);
    return width.isFree() ? Integer.MAX_VALUE : Math.toIntExact(width.size());
  }

  /** What was recognised, in one sentence. */
  public String convention() {
    String pair = "encoder: %s; decoder: %s".formatted(encoder.convention(), decoder.convention());
    return later == null || later.model() == decoder.model()
        ? pair
        : "%s; decoder with cache: %s".formatted(pair, later.convention());
  }

  /** Whether the decoder keeps what earlier tokens left behind. */
  public boolean hasCache() {
    return later != null;
  }

  /**
   * How many tokens the encoder is made for, and how many the decoder, as the configuration beside
   * them says.
   */
  public OptionalInt contextLength() {
    return settings.contextLength();
  }

  /**
   * The token that the decoder begins with, as the configuration beside it says.
   *
   * @throws ModelException if it is not in the vocabulary
   */
  public OptionalLong startToken() {
    return settings.startToken(vocabulary());
  }

  Settings settings() {
    return settings;
  }

  /** A decoding with memory of its own, which {@link #read} gives sources. The caller closes it. */
  public Decoding decoding() {
    return Decoding.ofDecoder(decoder, later);
  }

  /**
   * Runs the encoder on a batch of sources; the next prefill of {@code decoding} has a row for
   * each.
   *
   * @param decoding one of {@link #decoding}
   * @throws ModelException if a source is longer than the context
   */
  public void read(TokenRows sources, Decoding decoding) {
    int count = sources.rows().size();
    for (int row = 0; row < count; row++) {
      String what = count == 1 ? "the source" : "source %d".formatted(row);
      ContextLimit.require(what, sources.rows().get(row).length, contextLength());
    }
    Columns columns = new Columns(count, 0, encoder.fixedLength());
    columns.append(sources);
    Logits states = encoding.call(columns, columns.own(), null);
    decoding.over(new Encoded(states.tensor(), columns));
  }
}
