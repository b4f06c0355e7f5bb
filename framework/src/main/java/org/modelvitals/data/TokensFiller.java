package org.modelvitals.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/**
 * Fills an input with tokens of the texts in a column. Shorter texts of a batch are padded at the
 * end: ids with the tokenizer's padding token, everything else with 0.
 */
final class TokensFiller implements InputFiller.OfRows {
  private final Axes axes;
  private final RowSource source;
  private final InputSpec.Tokens spec;
  private final int column;
  private final TextTokens texts;
  private final Tokenizer tokenizer;
  private final boolean masked;
  private final TensorBuffer buffer;
  private final List<long[]> rows = new ArrayList<>();

  /**
   * @param masked whether the model is told by another input which tokens are padding
   */
  TokensFiller(
      Axes axes,
      RowSource source,
      InputSpec.Tokens spec,
      String column,
      TextTokens texts,
      Tokenizer tokenizer,
      boolean masked) {
    this.axes = axes;
    this.source = source;
    this.spec = spec;
    this.column = source.columns().require(column, source.name());
    this.texts = texts;
    this.tokenizer = tokenizer;
    this.masked = masked;
    this.buffer = new TensorBuffer(axes);
    requireTokens(axes);
  }

  static void requireTokens(Axes axes) {
    if (axes.input().type() == ElementType.STRING || axes.rank() < 1 || axes.rank() > 2) {
      throw new DataException(
          axes + " cannot take tokens; they are numbers of shape [batch, length] or [length]");
    }
  }

  /** What an input is fed of a text. */
  static long[] part(InputSpec.Tokens spec, TextTokens texts, Tokenizer tokenizer, String text) {
    var tokens = texts.tokens(tokenizer, text, spec.special());
    return switch (spec.part()) {
      case IDS -> tokens.ids();
      case ATTENTION_MASK -> tokens.attentionMask();
      case TYPE_IDS -> tokens.typeIds();
    };
  }

  @Override
  public Axes axes() {
    return axes;
  }

  @Override
  public Stacking fit(Row first, boolean whole) {
    boolean single = axes.rank() == 1 || whole;
    int fixed = single ? 1 : axes.stacks() ? 0 : Math.toIntExact(axes.size(0));
    return new Stacking(fixed, !masked);
  }

  @Override
  public void begin(int capacity) {
    rows.clear();
  }

  @Override
  public void add(Row row) {
    Object text = row.cell(column).toObject();
    if (!(text instanceof String written)) {
      throw new DataException(
          "%s: column '%s' holds no text; %s takes tokens of one"
              .formatted(where(row), source.columns().name(column), axes));
    }
    long[] tokens = part(spec, texts, tokenizer, written);
    long length = axes.size(axes.rank() - 1);
    if (length != Axes.FREE && tokens.length > length) {
      throw new DataException(
          "%s: the text has %s; %s takes %d"
              .formatted(where(row), Wording.count(tokens.length, "token"), axes, length));
    }
    if (!masked && !rows.isEmpty() && rows.get(0).length != tokens.length) {
      throw new DataException(
          "%s: the text has %s, the rows before it in the batch have %d, and no input takes an"
                  .formatted(where(row), Wording.count(tokens.length, "token"), rows.get(0).length)
              + " attention mask; texts of different lengths need one, or batch: 1");
    }
    rows.add(tokens);
  }

  private String where(Row row) {
    return source.where(source.name(), row.position());
  }

  @Override
  public Tensor finish(long firstRow, int count, Map<String, Long> sizes) {
    long length = axes.size(axes.rank() - 1);
    int longest = rows.stream().mapToInt(tokens -> tokens.length).max().orElse(0);
    int width = length == Axes.FREE ? longest : Math.toIntExact(length);
    Tensor tensor = axes.rank() == 1 ? buffer.shaped(width) : buffer.shaped(rows.size(), width);
    long padding = spec.part() == InputSpec.Tokens.Part.IDS ? tokenizer.padding() : 0;
    for (int row = 0; row < rows.size(); row++) {
      fill(tensor, row * width, width, rows.get(row), padding, axes);
    }
    return tensor;
  }

  /** Writes tokens and padding to {@code width} elements from {@code at} on. */
  static void fill(Tensor tensor, int at, int width, long[] tokens, long padding, Axes axes) {
    Conversions into = new Conversions(tensor, 1, null);
    for (int i = 0; i < width; i++) {
      try {
        into.write(i < tokens.length ? tokens[i] : padding, at + i);
      } catch (Misfit e) {
        throw new DataException("%s cannot take the token %s".formatted(axes, e.getMessage()));
      }
    }
  }
}
