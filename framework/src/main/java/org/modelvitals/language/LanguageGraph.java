package org.modelvitals.language;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageInputs.Role;
import org.modelvitals.model.Dim;
import org.modelvitals.model.Model;
import org.modelvitals.model.ValueInfo;

/**
 * What each input of a language model's graph is for, as recognised.
 *
 * @param inputs all inputs but the caches
 * @param caches inputs that carry what earlier tokens left behind
 * @param logits the output with the logits
 */
record LanguageGraph(Model model, List<Input> inputs, List<Cache> caches, ValueInfo logits) {

  LanguageGraph {
    inputs = List.copyOf(inputs);
    caches = List.copyOf(caches);
  }

  /**
   * An input and its role.
   *
   * @param constant the number of a {@code CONSTANT}
   */
  record Input(ValueInfo info, Role role, double constant) {}

  /**
   * A cache.
   *
   * @param present the output that becomes the input of the next call; null if the input stays what
   *     it was, as keys and values of an encoder's states do
   */
  record Cache(ValueInfo past, @Nullable ValueInfo present) {

    boolean isOfEncoder() {
      return past.name().contains("encoder") || past.name().contains("cross");
    }
  }

  Optional<Input> input(Role role) {
    return inputs.stream().filter(input -> input.role() == role).findFirst();
  }

  /**
   * How many tokens each call must have, where the input of token ids is fixed to that and nothing
   * is kept from call to call; else 0.
   */
  int fixedLength() {
    Dim length = input(Role.TOKEN_IDS).orElseThrow().info().shape().get(1);
    return length.isFree() || !caches.isEmpty() ? 0 : Math.toIntExact(length.size());
  }

  /** Whether each call takes one token, so that whole texts go through the cache too. */
  boolean takesOneToken() {
    Dim length = input(Role.TOKEN_IDS).orElseThrow().info().shape().get(1);
    return !caches.isEmpty() && !length.isFree() && length.size() == 1;
  }

  /** Whether its signature says that there are logits after the last token only. */
  boolean saysLastOnly() {
    return logits.shape().size() == 2;
  }

  /** Whether it is a decoder that needs what an encoder made of another text. */
  boolean needsEncoder() {
    return has(Role.ENCODER_STATES)
        || has(Role.ENCODER_MASK)
        || caches.stream().anyMatch(Cache::isOfEncoder);
  }

  boolean has(Role role) {
    return input(role).isPresent();
  }

  /** What was recognised, in one sentence. */
  String convention() {
    StringBuilder text = new StringBuilder();
    for (Input input : inputs) {
      text.append(text.isEmpty() ? "" : ", ")
          .append("'%s' (%s)".formatted(input.info().name(), input.role().words()));
    }
    text.append(" → '%s' (%s)".formatted(logits.name(), logits.type()));
    if (caches.isEmpty()) {
      return text.append(", without a cache").toString();
    }
    Cache cache = caches.get(0);
    ValueInfo present = cache.present();
    return text.append(
            ", with a cache of %d %s: '%s'%s"
                .formatted(
                    caches.size(),
                    caches.size() == 1 ? "tensor" : "tensors",
                    cache.past(),
                    present == null ? "" : " → '" + present.name() + "'"))
        .toString();
  }
}
