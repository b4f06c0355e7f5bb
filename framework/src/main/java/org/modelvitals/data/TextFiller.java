package org.modelvitals.data;

import java.util.List;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.model.Tensor;

/** Fills an input with tokens of one text, the same in every row. */
final class TextFiller extends GeneratedFiller {
  private final long[] tokens;
  private final long padding;

  TextFiller(Axes axes, InputSpec.Tokens spec, String text, TextTokens texts, Tokenizer tokenizer) {
    super(axes, List.of(), false);
    TokensFiller.requireTokens(axes);
    this.tokens = TokensFiller.part(spec, texts, tokenizer, text);
    this.padding = spec.part() == InputSpec.Tokens.Part.IDS ? tokenizer.padding() : 0;
  }

  @Override
  long free(int axis) {
    return axis == axes().rank() - 1 ? tokens.length : 1;
  }

  @Override
  boolean firstAxisIsBatch() {
    return axes().rank() > 1;
  }

  @Override
  void fill(Tensor tensor, long firstRow, int rows) {
    int width = Math.toIntExact(tensor.dim(-1));
    if (tokens.length > width) {
      throw new DataException(
          "%s takes %d tokens, the text has %d".formatted(axes(), width, tokens.length));
    }
    for (int at = 0; at < tensor.size(); at += width) {
      TokensFiller.fill(tensor, at, width, tokens, padding, axes());
    }
  }
}
