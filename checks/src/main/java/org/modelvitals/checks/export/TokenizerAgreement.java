package org.modelvitals.checks.export;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Holds the tokenizer and the configuration files of an export against the model: ids that the
 * model does not know, special tokens that are not there or mean something else, texts that do not
 * come back from a round trip. Nothing is run but what tells the width of the logits.
 *
 * @param on the texts of the round trip; without any, the texts of drawn token sequences
 * @param roundTrip how well texts must come back
 * @param chatTemplate whether there must be a chat template
 */
@Doc("Holds the tokenizer and the configuration files of an export against the model.")
public record TokenizerAgreement(
    @Inline Sequences on,
    @Doc("How well texts must come back from encoding and decoding.") @Default("exact")
        RoundTrip.Fidelity roundTrip,
    @Doc("Whether there must be a chat template.") @Default("false") boolean chatTemplate)
    implements ProbeSpec {

  /** With the texts of token sequences that are drawn from the vocabulary. */
  public static TokenizerAgreement tokenizerAgreement() {
    return new TokenizerAgreement(Sequences.drawn(), RoundTrip.Fidelity.EXACT, false);
  }

  /** The texts of the round trip. */
  public TokenizerAgreement on(Sequences sequences) {
    return new TokenizerAgreement(sequences, roundTrip, chatTemplate);
  }

  /** How well texts must come back. */
  public TokenizerAgreement roundTrip(RoundTrip.Fidelity fidelity) {
    return new TokenizerAgreement(on, fidelity, chatTemplate);
  }

  /** There must be a chat template. */
  public TokenizerAgreement withChatTemplate() {
    return new TokenizerAgreement(on, roundTrip, true);
  }

  /** Tokens whose id the model does not know; expected to be none. */
  public static Measured idsOutOfRange() {
    return Measured.measured("ids out of range");
  }

  /** Ids that more than one token has; expected to be none. */
  public static Measured duplicateIds() {
    return Measured.measured("duplicate ids");
  }

  /** What the configuration files say that is not so; expected to be nothing. */
  public static Measured problems() {
    return Measured.measured("problems");
  }

  /** Problems of one kind: {@code vocabulary}, {@code special tokens}, {@code chat template}. */
  public static Measured problems(String kind) {
    return Measured.measured("problems", kind);
  }

  /** The share of texts that come back. */
  public static Measured roundTripShare() {
    return Measured.measured("round trip");
  }

  /** Texts that do not come back; expected to be none, unless they are only measured. */
  public static Measured roundTripFailures() {
    return Measured.measured("round trip failures");
  }

  /** The share of tokens that stand for something that is not in the vocabulary. */
  public static Measured unknownTokens() {
    return Measured.measured("unknown tokens");
  }

  /** Whether there is a chat template: {@code present} or {@code absent}. */
  public static Measured chatTemplateFound() {
    return Measured.measured("chat template");
  }

  /** How many tokens the model knows: the width of its logits. */
  public static Measured vocabulary() {
    return Measured.measured("vocabulary");
  }

  /** How many tokens the tokenizer has, those added later among them. */
  public static Measured tokenizerVocabulary() {
    return Measured.measured("tokenizer vocabulary");
  }
}
