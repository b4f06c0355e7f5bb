package org.modelvitals.checks.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.TextModel;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.OnnxGraph;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;

/**
 * What a check of this package works on: the model, the sequences that it is run on, and two
 * decodings, one for what the logits should be and one for what they are in another situation, so
 * that the logits of both can be read side by side. For one thread.
 */
final class Subject implements AutoCloseable {
  private final ProbeContext context;
  private final LanguageModel model;
  private final @Nullable Tokenizer tokenizer;
  private final ExportFiles files;
  private final Prompts prompts;
  private final Set<String> operators;
  private final Allowance allowance;
  private final Decoding expected;
  private final Decoding actual;
  private double[] ours = new double[0];
  private double[] theirs = new double[0];

  private Subject(
      ProbeContext context,
      LanguageModel model,
      @Nullable Tokenizer tokenizer,
      ExportFiles files,
      Prompts prompts,
      Set<String> operators,
      @Nullable Double tolerance) {
    this.context = context;
    this.model = model;
    this.tokenizer = tokenizer;
    this.files = files;
    this.prompts = prompts;
    this.operators = operators;
    this.allowance = Allowance.of(tolerance, model.precision(), operators);
    this.expected = model.decoding();
    this.actual = model.decoding();
  }

  /**
   * The suite's model and a declaration's sequences; the caller closes the result.
   *
   * @param tolerance how far logits may be from each other; null for what their type allows
   */
  static Subject open(Sequences spec, @Nullable Double tolerance, ProbeContext context) {
    return open(spec, tolerance, context, new Prompts.Bound(1, true));
  }

  /**
   * The same within other bounds.
   *
   * @param bound what bounds the length of sequences
   */
  static Subject open(
      Sequences spec, @Nullable Double tolerance, ProbeContext context, Prompts.Bound bound) {
    LanguageInputs inputs = spec.inputs();
    LanguageModel model =
        LanguageModel.of(context.model(), inputs == null ? LanguageInputs.CONVENTION : inputs);
    Optional<Path> file = tokenizerFile(spec.tokenizer(), context);
    Tokenizer tokenizer = file.isPresent() ? tokenizer(file.get()) : null;
    try {
      Path beside = context.modelFile().path();
      ExportFiles files =
          file.isPresent() ? ExportFiles.beside(beside, file.get()) : ExportFiles.beside(beside);
      return new Subject(
          context,
          model,
          tokenizer,
          files,
          Prompts.open(spec, model, tokenizer, files, context, bound),
          OnnxGraph.operators(beside),
          tolerance);
    } catch (RuntimeException e) {
      if (tokenizer != null) {
        tokenizer.close();
      }
      throw e;
    }
  }

  /** The tokenizer that is declared, or the one beside the model if there is one. */
  static Optional<Path> tokenizerFile(@Nullable String declared, ProbeContext context) {
    if (TextModel.NONE.equals(declared)) {
      return Optional.empty();
    }
    if (declared != null) {
      return Optional.of(context.resolve(declared));
    }
    return ExportFiles.beside(context.modelFile().path())
        .find("tokenizer.json")
        .filter(Files::exists);
  }

  static Tokenizer tokenizer(Path file) {
    try {
      return Tokenizers.open(file);
    } catch (IllegalArgumentException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
  }

  LanguageModel model() {
    return model;
  }

  Prompts prompts() {
    return prompts;
  }

  /** {@linkplain Prompts#special One sequence with each special token}, where there is one. */
  Optional<Prompt> specialTokens(Sequences spec, Prompts.Bound bound) {
    return Prompts.special(spec, model, tokenizer, files, bound);
  }

  Allowance allowance() {
    return allowance;
  }

  @Nullable Tokenizer tokenizer() {
    return tokenizer;
  }

  ExportFiles files() {
    return files;
  }

  /** Tokens that are known and not special. */
  long[] ordinary() {
    return Prompts.ordinary(model, tokenizer, files);
  }

  /** What padding is filled with: the declared padding token, or the tokenizer's. */
  long paddingId() {
    return files.ids("pad").stream()
        .filter(id -> id >= 0 && id < model.vocabulary())
        .findFirst()
        .orElseGet(
            () ->
                tokenizer != null && tokenizer.padding() < model.vocabulary()
                    ? tokenizer.padding()
                    : 0L);
  }

  /** The logits of a sequence alone, in one pass; valid until the next call of this method. */
  Logits expected(Prompt prompt) {
    return expected.prefill(TokenRows.of(prompt.ids()));
  }

  /** The decoding for the situation that is held against {@link #expected(Prompt)}. */
  Decoding actual() {
    return actual;
  }

  /** Says how far the check is. */
  void progress(long done, String unit) {
    context.progress().at(done, prompts.total(), unit);
  }

  /**
   * Compares logits position by position, as far as both have them.
   *
   * @param row of {@code actual}
   * @param from the position in {@code actual} that belongs to {@code expectedFrom}
   * @param expected of one row
   */
  void compare(
      Comparison<Place> into,
      Prompt prompt,
      String situation,
      Logits actual,
      int row,
      int from,
      Logits expected,
      int expectedFrom,
      int count) {
    int width = expected.vocabulary();
    if (ours.length != width) {
      ours = new double[width];
      theirs = new double[width];
    }
    for (int i = 0; i < count; i++) {
      if (from + i < actual.firstPosition(row) || expectedFrom + i < expected.firstPosition(0)) {
        continue;
      }
      actual.read(row, from + i, ours);
      expected.read(0, expectedFrom + i, theirs);
      into.add(ours, theirs, new Place(prompt, expectedFrom + i, situation));
    }
  }

  /**
   * Why nothing can be said of a model: the same call gives other logits the second time. Nothing
   * else that changes them can be told from that.
   */
  Optional<String> noise(Prompt prompt) {
    Comparison<Place> twice = new Comparison<>(allowance);
    Logits again = actual.prefill(TokenRows.of(prompt.ids()));
    compare(twice, prompt, "", again, 0, 0, expected(prompt), 0, prompt.length());
    return twice.moved() == 0
        ? Optional.empty()
        : Optional.of(
            "the same call gives logits that differ by up to %s the second time; see"
                    .formatted(Findings.number(twice.largestMove()))
                + " language-determinism");
  }

  /** A call that the model cannot be given says nothing of it; one that breaks it does. */
  static void attempt(Findings findings, String part, Place place, Runnable call) {
    try {
      call.run();
    } catch (ModelException e) {
      String why = String.valueOf(e.getMessage());
      switch (e.reason()) {
        case RUN_FAILED -> findings.part(part).fail(place, why);
        case BAD_INPUT -> findings.unjudged(part, why);
        default -> throw e;
      }
    }
  }

  /** A known reason for logits to depend on the rest of a call, if the graph has it. */
  Optional<Evidence> suspicion() {
    return Allowance.dynamic(operators).stream()
        .findFirst()
        .map(
            operator ->
                new Evidence.Note(
                    "Dynamic quantisation",
                    ("the graph quantises while it runs (%s): the scale comes from all tokens of a"
                            + " call, so that rows and positions are not independent; declare a"
                            + " 'tolerance' if that is accepted")
                        .formatted(operator)));
  }

  @Override
  public void close() {
    prompts.close();
    actual.close();
    expected.close();
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
