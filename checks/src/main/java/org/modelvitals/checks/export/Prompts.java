package org.modelvitals.checks.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.TextSource;
import org.modelvitals.checks.language.Texts;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.TokenRows;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;

/**
 * The sequences that a declaration asks for, one after the other. Drawn ones begin with the token
 * that the configuration names as beginning of sequence, because many models know nothing else at
 * the first position, and have no other special token: those are in a {@linkplain #special sequence
 * of their own}. For one thread.
 */
final class Prompts implements AutoCloseable {
  private static final List<String> ROLES = List.of("bos", "eos", "pad", "unk", "sep", "cls");

  private final Function<Integer, Optional<Prompt>> source;
  private final Runnable close;
  private final long total;
  private int index;

  private Prompts(Function<Integer, Optional<Prompt>> source, long total, Runnable close) {
    this.source = source;
    this.total = total;
    this.close = close;
  }

  /**
   * What bounds the length of sequences.
   *
   * @param rows how many sequences' logits are in memory at once
   * @param context whether a sequence that the model's context does not hold is refused
   */
  record Bound(int rows, boolean context) {
    /** Logits that are in memory at once: 256 MiB of float32. */
    private static final long LOGITS = 1L << 26;

    private int tokens(int vocabulary) {
      return (int) Math.min(Sequences.LONGEST_DRAWN, LOGITS / ((long) rows * vocabulary));
    }
  }

  /**
   * The sequences of a declaration.
   *
   * @param tokenizer needed for texts, and for names of tokens
   * @throws ProbeException if there are texts and no tokenizer
   */
  static Prompts open(
      Sequences spec,
      LanguageModel model,
      @Nullable Tokenizer tokenizer,
      ExportFiles files,
      ProbeContext context,
      Bound bound) {
    Prompts unchecked = unchecked(spec, model, tokenizer, files, context, bound);
    OptionalInt held = model.contextLength();
    return !bound.context || held.isEmpty()
        ? unchecked
        : new Prompts(
            i -> unchecked.source.apply(i).map(prompt -> held(prompt, held.getAsInt())),
            unchecked.total,
            unchecked.close);
  }

  private static Prompt held(Prompt prompt, int context) {
    if (prompt.length() > context) {
      throw new ProbeException(
          String.format(
              Locale.ROOT,
              "%s has %,d tokens, but the model's context holds %,d; give a 'length' of at most that"
                  + " (what happens past the context, position-limits tells)",
              prompt.name(),
              prompt.length(),
              context));
    }
    return prompt;
  }

  private static Prompts unchecked(
      Sequences spec,
      LanguageModel model,
      @Nullable Tokenizer tokenizer,
      ExportFiles files,
      ProbeContext context,
      Bound bound) {
    if (!spec.ids().isEmpty()) {
      return given(spec, model, tokenizer);
    }
    if (!spec.hasTexts()) {
      return drawn(spec, model, tokenizer, files, context.seed(), bound);
    }
    if (tokenizer == null) {
      throw new ProbeException(
          "there is no tokenizer.json beside the model for the texts; name one with 'tokenizer',"
              + " or give token 'ids'");
    }
    int most = most(spec, model);
    Texts texts =
        Texts.open(new TextSource(spec.texts(), spec.data(), spec.column()), context::resolve);
    return new Prompts(
        i -> {
          Optional<Texts.Text> next = texts.next();
          return next.map(text -> encode(text, spec, most, model, tokenizer));
        },
        texts.total(),
        texts::close);
  }

  private static Prompt encode(
      Texts.Text text, Sequences spec, int most, LanguageModel model, Tokenizer tokenizer) {
    long[] ids = tokenizer.encode(text.text(), spec.special());
    if (ids.length == 0) {
      throw new ProbeException(
          "%s ('%s') has no tokens, so that there is nothing to run the model on"
              .formatted(text.where(), text.text()));
    }
    model.requireKnown(text.text(), ids, tokenizer);
    return new Prompt(text.where(), cut(ids, most), tokenizer);
  }

  private static int most(Sequences spec, LanguageModel model) {
    Integer length = spec.length();
    return length != null
        ? length
        : Math.min(Sequences.GIVEN_LENGTH, model.contextLength().orElse(Sequences.GIVEN_LENGTH));
  }

  private static long[] cut(long[] ids, int most) {
    return ids.length <= most ? ids : Arrays.copyOf(ids, most);
  }

  private static Prompts given(Sequences spec, LanguageModel model, @Nullable Tokenizer tokenizer) {
    int known = model.vocabulary();
    List<Prompt> all = new ArrayList<>();
    for (List<Long> row : spec.ids()) {
      String name = "row %d of ids".formatted(all.size() + 1);
      for (long id : row) {
        if (id >= known) {
          throw new ModelException(
              ModelException.Reason.BAD_INPUT,
              "%s has the token %d, which the model does not know: its vocabulary has %d tokens"
                  .formatted(name, id, known));
        }
      }
      long[] ids = row.stream().mapToLong(Long::longValue).toArray();
      all.add(new Prompt(name, cut(ids, most(spec, model)), tokenizer));
    }
    return new Prompts(
        i -> i < all.size() ? Optional.of(all.get(i)) : Optional.empty(), all.size(), () -> {});
  }

  private static Prompts drawn(
      Sequences spec,
      LanguageModel model,
      @Nullable Tokenizer tokenizer,
      ExportFiles files,
      long seed,
      Bound bound) {
    int length = drawnLength(spec, model);
    int longest = longest(spec, model, bound);
    long[] tokens = ordinary(model, tokenizer, files);
    Optional<Long> begin = begin(model, files);
    SplittableRandom random = new SplittableRandom(seed);
    return new Prompts(
        i -> {
          if (i >= spec.count()) {
            return Optional.empty();
          }
          boolean last = i == spec.count() - 1;
          long[] ids =
              random
                  .ints(last ? longest : length, 0, tokens.length)
                  .mapToLong(at -> tokens[at])
                  .toArray();
          begin.ifPresent(id -> ids[0] = id);
          return Optional.of(
              running(new Prompt("drawn sequence " + (i + 1), ids, tokenizer), length, model));
        },
        spec.count(),
        () -> {});
  }

  /**
   * One sequence with each special token, those with a role first, as far as one sequence holds
   * them. It begins as drawn ones do; empty if there is no special token but that.
   */
  static Optional<Prompt> special(
      Sequences spec,
      LanguageModel model,
      @Nullable Tokenizer tokenizer,
      ExportFiles files,
      Bound bound) {
    long first = begin(model, files).orElseGet(() -> ordinary(model, tokenizer, files)[0]);
    long[] ids =
        LongStream.concat(
                LongStream.of(first),
                specialIds(tokenizer, files).stream()
                    .mapToLong(Long::longValue)
                    .filter(id -> id >= 0 && id < model.vocabulary() && id != first))
            .limit(longest(spec, model, bound))
            .toArray();
    return ids.length < 2
        ? Optional.empty()
        : Optional.of(
            running(
                new Prompt("the sequence of special tokens", ids, tokenizer),
                drawnLength(spec, model),
                model));
  }

  private static int drawnLength(Sequences spec, LanguageModel model) {
    Integer asked = spec.length();
    return asked != null
        ? asked
        : Math.min(Sequences.DRAWN_LENGTH, model.contextLength().orElse(Sequences.DRAWN_LENGTH));
  }

  private static int longest(Sequences spec, LanguageModel model, Bound bound) {
    return spec.length() != null
        ? spec.length()
        : Math.max(
            drawnLength(spec, model),
            Math.min(
                bound.tokens(model.vocabulary()),
                model.contextLength().orElse(Sequences.MODEST_LENGTH)));
  }

  private static Optional<Long> begin(LanguageModel model, ExportFiles files) {
    return files.ids("bos").stream().filter(id -> id >= 0 && id < model.vocabulary()).findFirst();
  }

  /** The sequence, or as much of it as is safe where the model cannot be run on the whole. */
  private static Prompt running(Prompt prompt, int safe, LanguageModel model) {
    return prompt.length() <= safe || model.contextLength().isPresent() || runs(model, prompt.ids())
        ? prompt
        : prompt.first(safe);
  }

  /** Whether a model whose context is not known can be run on so many tokens. */
  private static boolean runs(LanguageModel model, long[] ids) {
    try {
      model.score(TokenRows.of(ids));
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  /** The tokens that both model and tokenizer know and that are not special. */
  static long[] ordinary(LanguageModel model, @Nullable Tokenizer tokenizer, ExportFiles files) {
    Set<Long> special = specialIds(tokenizer, files);
    LongStream known = LongStream.range(0, model.vocabulary());
    if (tokenizer != null) {
      Set<Long> named = new HashSet<>(tokenizer.vocabulary().values());
      known = known.filter(named::contains);
    }
    long[] tokens = known.filter(id -> !special.contains(id)).toArray();
    if (tokens.length < 2) {
      throw new ProbeException(
          "no sequences can be drawn: of the model's %d tokens %d are known to the tokenizer and not special"
              .formatted(model.vocabulary(), tokens.length));
    }
    return tokens;
  }

  /** Those with a role first. */
  private static Set<Long> specialIds(@Nullable Tokenizer tokenizer, ExportFiles files) {
    Set<Long> special = new LinkedHashSet<>(files.special(ROLES));
    if (tokenizer != null) {
      tokenizer.unknown().ifPresent(special::add);
      special.addAll(new TreeSet<>(tokenizer.special()));
    }
    return special;
  }

  /** The next sequence; empty at the end. */
  Optional<Prompt> next() {
    return source.apply(index++);
  }

  /** All sequences that are left. */
  List<Prompt> all() {
    List<Prompt> all = new ArrayList<>();
    for (Optional<Prompt> next = next(); next.isPresent(); next = next()) {
      all.add(next.get());
    }
    return all;
  }

  /** How many there are, or -1 if that is not known without reading them. */
  long total() {
    return total;
  }

  @Override
  public void close() {
    close.run();
  }
}
