package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.InputSpec.Tokens.Part;
import org.modelvitals.model.ElementType;

/** Tokens of a word-level tokenizer, whose ids can be read off its vocabulary. */
class TokensFeedTest {
  @TempDir Path folder;

  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 0, "content": "[UNK]", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "[UNK]",
         "vocab": {"[UNK]": 0, "the": 1, "cat": 2, "sleeps": 3, "[PAD]": 9}}}
      """;

  private static InputSpec.Tokens column(Part part) {
    return new InputSpec.Tokens("text", null, "tokenizer.json", part, true);
  }

  private Fed fed(Object... dims) {
    return new Fed(folder)
        .input("ids", ElementType.INT32, dims)
        .file("tokenizer.json", TOKENIZER)
        .file("a.csv", "text\nthe cat\nthe cat sleeps\n");
  }

  @Test
  void shorter_texts_are_padded_and_masked() {
    assertThat(
            fed("batch", "seq")
                .input("mask", ElementType.INT64, "batch", "seq")
                .input("types", ElementType.INT64, "batch", "seq")
                .batches(
                    DataSpec.csv("a.csv")
                        .input("ids", column(Part.IDS))
                        .input("mask", column(Part.ATTENTION_MASK))
                        .input("types", column(Part.TYPE_IDS))))
        .containsExactly(
            "ids=[2, 3][1, 2, 9, 1, 2, 3] mask=[2, 3][1, 1, 0, 1, 1, 1]"
                + " types=[2, 3][0, 0, 0, 0, 0, 0]");
  }

  @Test
  void without_a_mask_texts_are_fed_one_by_one() {
    DataSpec spec = DataSpec.csv("a.csv").input("ids", column(Part.IDS));
    assertThat(fed("batch", "seq").batches(spec))
        .containsExactly("[1, 2][1, 2]", "[1, 3][1, 2, 3]");
    assertThat(fed("seq").batches(spec)).containsExactly("[2][1, 2]", "[3][1, 2, 3]");
    assertThatThrownBy(() -> fed("batch", "seq").batches(spec.batch(2)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv:3: the text has 3 tokens, the rows before it in the batch have 2, and no input"
                + " takes an attention mask; texts of different lengths need one, or batch: 1");
  }

  @Test
  void an_input_of_fixed_length_is_filled_up() {
    DataSpec spec = DataSpec.csv("a.csv").input("ids", column(Part.IDS));
    assertThat(fed(1, 4).batches(spec)).containsExactly("[1, 4][1, 2, 9, 9]", "[1, 4][1, 2, 3, 9]");
    assertThatThrownBy(() -> fed(1, 2).batches(spec))
        .isInstanceOf(DataException.class)
        .hasMessage("a.csv:3: the text has 3 tokens; input 'ids' int32[1, 2] takes 2");
  }

  @Test
  void one_text_needs_no_dataset() {
    InputSpec text = new InputSpec.Tokens(null, "cat sleeps", "tokenizer.json", Part.IDS, true);
    assertThat(fed("batch", "seq").batches(DataSpec.generated().input("ids", text)))
        .containsExactly("[1, 2][2, 3]");
    assertThat(fed("seq").batches(DataSpec.generated().input("ids", text)))
        .containsExactly("[2][2, 3]");
  }

  @Test
  void what_is_missing_is_said() {
    assertThatThrownBy(
            () -> fed("n", "s").open(DataSpec.generated().input("ids", column(Part.IDS))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("names the column 'text', and there is no dataset");
    InputSpec none = new InputSpec.Tokens("text", null, "none.json", Part.IDS, true);
    assertThatThrownBy(() -> fed("n", "s").open(DataSpec.csv("a.csv").input("ids", none)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.json");
    InputSpec both = new InputSpec.Tokens("text", "a", "tokenizer.json", Part.IDS, true);
    assertThatThrownBy(() -> fed("n", "s").open(DataSpec.csv("a.csv").input("ids", both)))
        .hasMessageContaining("'tokens' needs a column or a text, and not both");
  }
}
