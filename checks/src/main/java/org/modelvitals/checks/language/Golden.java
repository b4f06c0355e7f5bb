package org.modelvitals.checks.language;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The form of files with recorded distributions: JSON Lines, which versions and diffs as text does.
 * The first line says what was recorded, then comes for each text a line that says which it is, and
 * after it a line for each position:
 *
 * <pre>{@code
 * {"golden":"next-token distributions","version":1,"model":"<sha256>","tokenizer":"<sha256>",
 *  "special":true,"vocabulary":57,"top":20}
 * {"text":"corpus.jsonl:1","sha256":"<of the text>","tokens":17}
 * {"after":0,"tokens":[7,8],"log":[-0.693147,-1.386294],"rest":-1.386294}
 * }</pre>
 *
 * <p>{@code after} is the place of the token that the distribution comes after; {@code tokens} are
 * the most probable ones and {@code log} the natural logarithms of their probabilities, rounded to
 * six places; {@code rest} is that of all other tokens together, null if they have none. Where a
 * model gives distributions after some tokens of a text only, {@code positions} beside {@code
 * tokens} says after how many.
 */
final class Golden {
  static final String KIND = "next-token distributions";
  static final int VERSION = 1;

  /** The system property that has golden files written instead of compared. */
  static final String UPDATE = "modelvitals.golden.update";

  private Golden() {}

  /** What a file is told to have been recorded from. */
  record Origin(String model, String tokenizer, boolean special, int vocabulary, int top) {}

  static boolean updating() {
    return Boolean.getBoolean(UPDATE);
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
