package org.modelvitals.checks.language;

/** A tokenizer of five words. */
final class WordTokenizer {
  /** {@code <unk>}, the, dog, sleeps, stops: 0 to 4. */
  static final String JSON =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "<unk>",
         "vocab": {"<unk>": 0, "the": 1, "dog": 2, "sleeps": 3, "stops": 4}}}
      """;

  private WordTokenizer() {}
}
