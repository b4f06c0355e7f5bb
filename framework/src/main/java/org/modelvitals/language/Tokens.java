package org.modelvitals.language;

/** A text as a model takes it. All three arrays have one element a token. */
public final class Tokens {
  private final long[] ids;
  private final long[] attentionMask;
  private final long[] typeIds;

  Tokens(long[] ids, long[] attentionMask, long[] typeIds) {
    this.ids = ids;
    this.attentionMask = attentionMask;
    this.typeIds = typeIds;
  }

  /** Of the vocabulary. Not a copy. */
  public long[] ids() {
    return ids;
  }

  /** 1 for every token that is to be minded. Not a copy. */
  public long[] attentionMask() {
    return attentionMask;
  }

  /** Which part of the text a token belongs to, 0 for the first. Not a copy. */
  public long[] typeIds() {
    return typeIds;
  }
}
