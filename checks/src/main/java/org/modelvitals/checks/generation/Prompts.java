package org.modelvitals.checks.generation;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.Sampling;
import org.modelvitals.language.Stopping;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;

/**
 * What a language model is asked, and how it answers. Declarations have it inline.
 *
 * @param source what it is asked
 * @param sampling how tokens are chosen; null for the most probable one, always
 * @param stopping when an answer ends; null for 64 tokens. Where it names no tokens, those end it
 *     that the model's configuration declares as the end of a sequence
 */
public record Prompts(
    @Inline PromptSource source,
    @Doc("How tokens are chosen; the most probable one otherwise.") @Nullable Sampling sampling,
    @Doc("When an answer ends; at the model's end of sequence or after 64 tokens otherwise.")
        @Nullable Stopping stopping) {

  private static final int MAX_NEW_TOKENS = 64;

  /**
   * Requires that rows may have a column of what the answer should be.
   *
   * @throws IllegalArgumentException if prompts are written in the suite, which have no such column
   */
  void requireColumn(@Nullable String reference) {
    if (reference != null && source.data() == null && !reference.equals(PromptSource.COLUMN)) {
      throw new IllegalArgumentException(
          "reference: prompts that are written in the suite have no column '%s'; make them of a"
                  .formatted(reference)
              + " dataset with that column, as in 'data: data/questions.jsonl'");
    }
  }

  /** Prompts of the suite. */
  public static Prompts prompts(String... texts) {
    return new Prompts(PromptSource.of(texts), null, null);
  }

  /** Prompts made of the rows of a dataset; {@link #template} says how. */
  public static Prompts prompts(DataSpec data) {
    return new Prompts(PromptSource.of(data), null, null);
  }

  /** The prompt, with columns in double braces: {@code "translate: {{english}}"}. */
  public Prompts template(String text) {
    return new Prompts(source.template(text), sampling, stopping);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public Prompts tokenizer(String file) {
    return new Prompts(source.tokenizer(file), sampling, stopping);
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public Prompts inputs(LanguageInputs names) {
    return new Prompts(source.inputs(names), sampling, stopping);
  }

  /** The prompt as it is: the tokenizer adds no special tokens. */
  public Prompts withoutSpecialTokens() {
    return new Prompts(source.withoutSpecialTokens(), sampling, stopping);
  }

  /** How tokens are chosen. */
  public Prompts sampling(Sampling how) {
    return new Prompts(source, how, stopping);
  }

  /** When an answer ends. */
  public Prompts stopping(Stopping when) {
    return new Prompts(source, sampling, when);
  }

  /** How tokens are chosen, the default resolved. */
  Sampling samplingOrGreedy() {
    return sampling == null ? Sampling.GREEDY : sampling;
  }

  /** When an answer ends, the default resolved. */
  Stopping stoppingOrUsual() {
    return stopping == null ? Stopping.after(MAX_NEW_TOKENS) : stopping;
  }
}
