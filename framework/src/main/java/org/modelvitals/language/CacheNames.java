package org.modelvitals.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageGraph.Cache;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ValueInfo;

/**
 * Finds the outputs that become inputs of the next call. Names are compared without the words that
 * say which of the two it is, so that {@code past_key_values.0.key} meets {@code present.0.key},
 * {@code past_0} meets {@code present_0}, and {@code state_0} meets {@code new_state_0}. What is
 * left and is called a state is paired in the order of the graph if there are as many inputs as
 * outputs of one type and shape.
 */
final class CacheNames {
  private static final Set<String> SIDES =
      Set.of(
          "past",
          "present",
          "in",
          "out",
          "input",
          "output",
          "old",
          "new",
          "prev",
          "previous",
          "next",
          "updated");

  /** What a state's name says of it in one way or another. */
  private static final Pattern STATE =
      Pattern.compile("past|cache|state|conv|memory|hidden|carry|key|value|kv|ssm|recurrent");

  private static final Pattern KEY_VALUES = Pattern.compile("(past|present)_key_values?");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+");

  private CacheNames() {}

  /**
   * Pairs inputs with outputs.
   *
   * @param inputs those without another role
   * @param stated pairs stated by hand, possibly with stars; all there are, if there are any
   * @throws ModelException if they do not fit the graph
   */
  static List<Cache> pair(
      List<ValueInfo> inputs, List<ValueInfo> outputs, Map<String, String> stated) {
    List<Cache> caches = new ArrayList<>();
    List<ValueInfo> pasts = new ArrayList<>(inputs);
    List<ValueInfo> presents = new ArrayList<>(outputs);
    stated.forEach((past, present) -> takeStated(caches, pasts, presents, past, present));
    int byHand = caches.size();
    for (ValueInfo input : List.copyOf(pasts)) {
      presents.stream()
          .filter(output -> fit(input, output) && words(input).equals(words(output)))
          .findFirst()
          .ifPresent(output -> take(caches, pasts, presents, input, output.name()));
    }
    for (ValueInfo input : List.copyOf(pasts)) {
      inOrder(input, pasts, presents)
          .ifPresent(output -> take(caches, pasts, presents, input, output.name()));
    }
    if (byHand > 0) {
      requireWhole(caches.subList(byHand, caches.size()));
    }
    // What the encoder's states left behind stays as it is, so a decoder need not give it back.
    pasts.stream()
        .filter(input -> input.isTensor() && new Cache(input, null).isOfEncoder())
        .forEach(input -> caches.add(new Cache(input, null)));
    return caches;
  }

  private static void takeStated(
      List<Cache> caches,
      List<ValueInfo> pasts,
      List<ValueInfo> presents,
      String past,
      String present) {
    List<ValueInfo> meant =
        pasts.stream().filter(input -> star(past, input.name()).isPresent()).toList();
    if (meant.isEmpty()) {
      throw refused(
          "the cache '%s: %s' is for no input; %s"
              .formatted(past, present, listed("input", pasts)));
    }
    for (ValueInfo input : meant) {
      String output = present.replace("*", star(past, input.name()).orElse(""));
      int before = caches.size();
      take(caches, pasts, presents, input, output);
      if (caches.size() == before) {
        throw refused(
            "the cache '%s: %s' takes '%s' from '%s', which is no output; %s"
                .formatted(past, present, input.name(), output, listed("output", presents)));
      }
    }
  }

  /** Who states some of the caches has forgotten the others; an encoder's are another matter. */
  private static void requireWhole(List<Cache> others) {
    List<ValueInfo> forgotten =
        others.stream().filter(cache -> !cache.isOfEncoder()).map(Cache::past).toList();
    if (!forgotten.isEmpty()) {
      throw refused(
          "the caches that are declared leave out '%s'; %s"
              .formatted(forgotten.get(0).name(), listed("input", forgotten)));
    }
  }

  private static String listed(String what, List<ValueInfo> left) {
    return left.isEmpty()
        ? "there is no %s left for one".formatted(what)
        : "%ss left are %s"
            .formatted(what, String.join(", ", left.stream().map(ValueInfo::name).toList()));
  }

  private static ModelException refused(String sentence) {
    return new ModelException(ModelException.Reason.BAD_INPUT, sentence);
  }

  private static void take(
      List<Cache> caches,
      List<ValueInfo> pasts,
      List<ValueInfo> presents,
      ValueInfo input,
      String present) {
    presents.stream()
        .filter(output -> output.name().equals(present))
        .findFirst()
        .ifPresent(
            output -> {
              caches.add(new Cache(input, output));
              pasts.remove(input);
              presents.remove(output);
            });
  }

  /** What the star of a pattern stands for in a name; empty text for a pattern without one. */
  private static Optional<String> star(String pattern, String name) {
    int at = pattern.indexOf('*');
    if (at < 0) {
      return pattern.equals(name) ? Optional.of("") : Optional.empty();
    }
    String before = pattern.substring(0, at);
    String after = pattern.substring(at + 1);
    boolean matches =
        name.length() >= before.length() + after.length()
            && name.startsWith(before)
            && name.endsWith(after);
    return matches
        ? Optional.of(name.substring(before.length(), name.length() - after.length()))
        : Optional.empty();
  }

  static void requireStars(String past, String present) {
    boolean one = past.indexOf('*') == past.lastIndexOf('*');
    if (!one || past.contains("*") != present.contains("*")) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "the cache '%s: %s' must have a star in both names, or in none".formatted(past, present));
    }
  }

  private static List<String> words(ValueInfo value) {
    String name = KEY_VALUES.matcher(value.name().toLowerCase(Locale.ROOT)).replaceFirst("$1");
    return BETWEEN_WORDS
        .splitAsStream(name)
        .filter(word -> !word.isEmpty() && !SIDES.contains(word))
        .toList();
  }

  /**
   * The output of a first call that is fed as {@code past} to the later ones.
   *
   * @throws ModelException if there is none
   */
  static String counterpart(ValueInfo past, List<ValueInfo> outputs) {
    return outputs.stream()
        .filter(output -> words(past).equals(words(output)))
        .map(ValueInfo::name)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    ModelException.Reason.BAD_INPUT,
                    "the decoder with a cache takes '%s', for which the first decoder has no output; it has %s"
                        .formatted(
                            past.name(),
                            String.join(", ", outputs.stream().map(ValueInfo::name).toList()))));
  }

  private static Optional<ValueInfo> inOrder(
      ValueInfo input, List<ValueInfo> pasts, List<ValueInfo> presents) {
    if (!STATE.matcher(input.name().toLowerCase(Locale.ROOT)).find()) {
      return Optional.empty();
    }
    List<ValueInfo> alike = presents.stream().filter(output -> fit(input, output)).toList();
    List<ValueInfo> rivals =
        alike.isEmpty()
            ? List.of()
            : pasts.stream().filter(other -> fit(other, alike.get(0))).toList();
    return rivals.size() == alike.size()
        ? alike.stream().findFirst().map(first -> alike.get(rivals.indexOf(input)))
        : Optional.empty();
  }

  private static boolean fit(ValueInfo input, ValueInfo output) {
    if (!input.isTensor() || !output.isTensor() || input.type() != output.type()) {
      return false;
    }
    List<Dim> in = input.shape();
    List<Dim> out = output.shape();
    if (in.size() != out.size()) {
      return false;
    }
    for (int i = 0; i < in.size(); i++) {
      @Nullable Dim declared = out.get(i);
      if (!in.get(i).isFree() && !declared.isFree() && in.get(i).size() != declared.size()) {
        return false;
      }
    }
    return true;
  }
}
