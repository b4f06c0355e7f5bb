package org.modelvitals.checks.export;

/**
 * Where logits were compared: after which token of which sequence.
 *
 * @param position of the token, from 0
 * @param situation what was done to the sequence: {@code padded on the left}
 */
record Place(Prompt prompt, int position, String situation) {

  /** A token's name. */
  String token(int id) {
    return prompt.token(id);
  }

  @Override
  public String toString() {
    return prompt.at(position);
  }
}
