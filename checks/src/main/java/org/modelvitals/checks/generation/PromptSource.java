package org.modelvitals.checks.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Template;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;

/**
 * What a language model is asked: prompts written in the suite, or made of the rows of a dataset.
 * Declarations have it inline.
 *
 * @param prompts prompts that are written in the suite; their column is {@code text}
 * @param data the dataset, instead: a prompt is made of each row
 * @param template the prompt, with columns of the row in double braces
 * @param tokenizer a {@code tokenizer.json}; null takes the one beside the model; {@code none}, or
 *     where there is none, texts are ids of tokens
 * @param inputs names of inputs and outputs that are not the usual ones
 * @param special whether the tokenizer adds its special tokens to the prompt
 */
public record PromptSource(
    @Doc(value = "The prompts, if they are no dataset.", example = "[the small dog]")
        List<String> prompts,
    @Doc(value = "The dataset; each row makes a prompt.", example = "data/questions.jsonl")
        @Nullable DataSpec data,
    @Doc(
            value = "The prompt, with the columns of the row in double braces.",
            example = "\"Question: {{question}}\\nAnswer:\"")
        @Default("'{{text}}'")
        String template,
    @Doc(
            "A tokenizer.json; the one beside the model otherwise. Without one, or with 'none', texts"
                + " are ids of tokens, as in '1 17 4', or lists of ids.")
        @Nullable String tokenizer,
    @Doc("Names of inputs and outputs that are not the usual ones.")
        @Nullable LanguageInputs inputs,
    @Doc("Whether the tokenizer adds its special tokens to the prompt.") @Default("true")
        boolean special) {

  /** The column of prompts that are written in the suite. */
  static final String COLUMN = "text";

  private static final String TEMPLATE = "{{" + COLUMN + "}}";

  public PromptSource {
    if (prompts.isEmpty() == (data == null)) {
      throw new IllegalArgumentException(
          "there must be either 'prompts', a list of texts, or 'data', a dataset%s"
              .formatted(data == null ? "" : ", and not both"));
    }
    prompts = List.copyOf(prompts);
    Template.of(template);
    if (!Template.isOne(template)) {
      throw new IllegalArgumentException(
          "template: '%s' has no column in it, so that all prompts would be alike; a column stands"
                  .formatted(template)
              + " in double braces, as in '{{question}}'");
    }
  }

  /** Prompts of the suite. */
  public static PromptSource of(String... texts) {
    return new PromptSource(List.of(texts), null, TEMPLATE, null, null, true);
  }

  /** Prompts made of the rows of a dataset; {@link #template} says how. */
  public static PromptSource of(DataSpec data) {
    return new PromptSource(List.of(), data, TEMPLATE, null, null, true);
  }

  /** The prompt, with columns in double braces: {@code "translate: {{english}}"}. */
  public PromptSource template(String text) {
    return new PromptSource(prompts, data, text, tokenizer, inputs, special);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public PromptSource tokenizer(String file) {
    return new PromptSource(prompts, data, template, file, inputs, special);
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public PromptSource inputs(LanguageInputs names) {
    return new PromptSource(prompts, data, template, tokenizer, names, special);
  }

  /** The prompt as it is: the tokenizer adds no special tokens. */
  public PromptSource withoutSpecialTokens() {
    return new PromptSource(prompts, data, template, tokenizer, inputs, false);
  }
}
