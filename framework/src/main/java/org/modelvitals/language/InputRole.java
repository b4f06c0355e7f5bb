package org.modelvitals.language;

import java.util.Locale;
import org.modelvitals.spec.Doc;

/** What an input of a language model's graph is filled with. */
@Doc("What an input of a language model is filled with.")
public enum InputRole {
  /** Ids of tokens, [batch, sequence]. */
  TOKEN_IDS,
  /** Ones for tokens and zeros for padding, [batch, past + sequence]. */
  ATTENTION_MASK,
  /** Each token's place among the tokens of its row, from 0: [batch, sequence]. */
  POSITIONS,
  /** Places in the cache, [sequence]. */
  CACHE_POSITIONS,
  /** Zeros, [batch, sequence]. */
  TOKEN_TYPES,
  /** Whether there is a cache to go on from. */
  USE_CACHE,
  /** How many places the cache has. */
  PAST_LENGTH,
  /** How many places there are with those of this call. */
  TOTAL_LENGTH,
  /** The index of each row's last token among its tokens, [batch]; how many there are, less one. */
  LAST_INDEX,
  /** One number everywhere. */
  CONSTANT,
  /** What the encoder gave, [batch, source, width]. */
  ENCODER_STATES,
  /** Ones for tokens of the encoder's batch, [batch, source]. */
  ENCODER_MASK;

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
