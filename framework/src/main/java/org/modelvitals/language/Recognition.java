package org.modelvitals.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageGraph.Cache;
import org.modelvitals.language.LanguageGraph.Input;
import org.modelvitals.language.LanguageInputs.Role;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.text.Nearest;

/** Recognises a language model by the signature of its graph, or says what it found instead. */
final class Recognition {
  /** What an integer or boolean input of a usual name is for. */
  private static final Map<String, Role> USUAL =
      Map.ofEntries(
          Map.entry("input_ids", Role.TOKEN_IDS),
          Map.entry("decoder_input_ids", Role.TOKEN_IDS),
          Map.entry("attention_mask", Role.ATTENTION_MASK),
          Map.entry("decoder_attention_mask", Role.ATTENTION_MASK),
          Map.entry("position_ids", Role.POSITIONS),
          Map.entry("cache_position", Role.CACHE_POSITIONS),
          Map.entry("token_type_ids", Role.TOKEN_TYPES),
          Map.entry("use_cache_branch", Role.USE_CACHE),
          Map.entry("past_sequence_length", Role.PAST_LENGTH),
          Map.entry("past_seq_len", Role.PAST_LENGTH),
          Map.entry("total_sequence_length", Role.TOTAL_LENGTH),
          Map.entry("total_seq_len", Role.TOTAL_LENGTH),
          Map.entry("seqlens_k", Role.LAST_INDEX),
          // Zero asks for the logits of all positions.
          Map.entry("num_logits_to_keep", Role.CONSTANT),
          Map.entry("logits_to_keep", Role.CONSTANT),
          Map.entry("encoder_hidden_states", Role.ENCODER_STATES),
          Map.entry("encoder_attention_mask", Role.ENCODER_MASK));

  private final Model model;
  private final LanguageInputs names;
  private final String kind;
  private final String output;
  private final List<Input> inputs = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private Recognition(Model model, LanguageInputs names, String kind, String output) {
    this.model = model;
    this.names = names;
    this.kind = kind;
    this.output = output;
  }

  /**
   * What the graph's inputs and outputs are for.
   *
   * @throws ModelException with a sentence that lists inputs and outputs if it is no such model
   */
  static LanguageGraph of(Model model, LanguageInputs names) {
    return new Recognition(model, names, "causal language model", "logits").graph();
  }

  /**
   * The same of the decoder of an encoder-decoder pair.
   *
   * @throws ModelException as {@link #of}
   */
  static LanguageGraph decoder(Model model, LanguageInputs names) {
    return new Recognition(model, names, "decoder over an encoder", "logits").graph();
  }

  /**
   * The same of an encoder, whose states are in the place of logits. Stated names count where the
   * encoder has them.
   *
   * @throws ModelException as {@link #of}
   */
  static LanguageGraph encoder(Model model, LanguageInputs names) {
    Set<String> there =
        model.signature().inputs().stream().map(ValueInfo::name).collect(Collectors.toSet());
    LanguageInputs own =
        LanguageInputs.CONVENTION
            .ids(names.ids() != null && there.contains(names.ids()) ? names.ids() : null)
            .mask(names.mask() != null && there.contains(names.mask()) ? names.mask() : null);
    return new Recognition(model, own, "text encoder", "last_hidden_state").graph();
  }

  private LanguageGraph graph() {
    requireNames();
    List<ValueInfo> rest = new ArrayList<>();
    for (ValueInfo input : model.signature().inputs()) {
      Role role = role(input);
      if (role == null) {
        rest.add(input);
      } else {
        inputs.add(new Input(input, role, names.constants().getOrDefault(input.name(), 0.0)));
      }
    }
    ValueInfo logits = logits();
    List<ValueInfo> outputs = new ArrayList<>(model.signature().outputs());
    outputs.remove(logits);
    List<Cache> caches = CacheNames.pair(rest, outputs, names.caches());
    for (ValueInfo input : rest) {
      if (caches.stream().noneMatch(cache -> cache.past().equals(input))) {
        reasons.add("does not know what to feed to '%s'".formatted(input.name()));
      }
    }
    if (inputs.stream().noneMatch(input -> input.role() == Role.TOKEN_IDS)) {
      reasons.add(0, "finds no token ids");
    }
    if (logits == null) {
      reasons.add("finds no " + (output.equals("logits") ? "logits" : "states"));
    }
    if (logits == null || !reasons.isEmpty()) {
      throw refused();
    }
    return new LanguageGraph(model, inputs, caches, logits);
  }

  private @Nullable Role role(ValueInfo input) {
    if (!input.isTensor()) {
      return null;
    }
    if (names.constants().containsKey(input.name())) {
      return Role.CONSTANT;
    }
    Role role = stated(input.name());
    if (role == null) {
      Role usual = USUAL.get(input.name());
      role = usual == null || isStatedOtherwise(usual) ? null : usual;
    }
    return role != null && fits(role, input) ? role : null;
  }

  private @Nullable Role stated(String input) {
    if (input.equals(names.ids())) {
      return Role.TOKEN_IDS;
    }
    if (input.equals(names.mask())) {
      return Role.ATTENTION_MASK;
    }
    if (input.equals(names.positions())) {
      return Role.POSITIONS;
    }
    return input.equals(names.types()) ? Role.TOKEN_TYPES : names.further().get(input);
  }

  private boolean isStatedOtherwise(Role role) {
    return switch (role) {
      case TOKEN_IDS -> names.ids() != null;
      case ATTENTION_MASK -> names.mask() != null;
      case POSITIONS -> names.positions() != null;
      case TOKEN_TYPES -> names.types() != null;
      default -> names.further().containsValue(role);
    };
  }

  private static boolean fits(Role role, ValueInfo input) {
    int rank = input.shape().size();
    boolean integer = input.type() == ElementType.INT32 || input.type() == ElementType.INT64;
    return switch (role) {
      case TOKEN_IDS, TOKEN_TYPES -> integer && rank == 2;
      // Some models with pictures among their tokens take three rows of positions.
      case POSITIONS -> integer && (rank == 2 || rank == 3);
      case CACHE_POSITIONS -> integer && rank == 1;
      // Masks come as integers, floats and booleans.
      case ATTENTION_MASK, ENCODER_MASK -> rank == 2;
      case USE_CACHE -> input.type() == ElementType.BOOL;
      case PAST_LENGTH, TOTAL_LENGTH, CONSTANT -> integer && rank <= 1;
      case LAST_INDEX -> integer && (rank == 1 || rank == 2);
      case ENCODER_STATES -> input.type().isFloating() && rank == 3;
    };
  }

  private @Nullable ValueInfo logits() {
    List<ValueInfo> fitting =
        model.signature().outputs().stream()
            .filter(value -> value.isTensor() && value.type().isFloating())
            .filter(value -> value.shape().size() == 2 || value.shape().size() == 3)
            .toList();
    String stated = names.logits();
    String name = stated == null ? output : stated;
    return fitting.stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElse(stated == null && fitting.size() == 1 ? fitting.get(0) : null);
  }

  private void requireNames() {
    List<String> there = model.signature().inputs().stream().map(ValueInfo::name).toList();
    requireName("input", names.ids(), there);
    requireName("input", names.mask(), there);
    requireName("input", names.positions(), there);
    requireName("input", names.types(), there);
    names.further().keySet().forEach(name -> requireName("input", name, there));
    names.constants().keySet().forEach(name -> requireName("input", name, there));
    List<String> outputs = model.signature().outputs().stream().map(ValueInfo::name).toList();
    requireName("output", names.logits(), outputs);
    names
        .caches()
        .forEach(
            (past, present) -> {
              CacheNames.requireStars(past, present);
              if (!past.contains("*")) {
                requireName("input", past, there);
                requireName("output", present, outputs);
              }
            });
  }

  private static void requireName(String what, @Nullable String name, List<String> there) {
    if (name != null && !there.contains(name)) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "the model has no %s '%s'%s"
              .formatted(
                  what,
                  name,
                  Nearest.to(name, there)
                      .map(near -> "; did you mean '" + near + "'?")
                      .orElse("; it has " + String.join(", ", there))));
    }
  }

  private ModelException refused() {
    String expected =
        output.equals("logits")
            ? "perhaps 'attention_mask', 'position_ids', 'token_type_ids' and caches"
                + " ('past_key_values.0.key' with 'present.0.key', 'past_0' with 'present_0'), and"
                + " 'logits' ([batch, sequence, vocabulary] or [batch, vocabulary])"
            : "perhaps 'attention_mask', and 'last_hidden_state' ([batch, sequence, width])";
    return new ModelException(
        ModelException.Reason.BAD_INPUT,
        ("%s is not recognised as a %s, because ModelVitals %s; it takes %s and gives %s; expected"
                + " are 'input_ids' (integers [batch, sequence]), %s; other names can be declared")
            .formatted(
                model.file().path().getFileName(),
                kind,
                String.join(", ", reasons),
                listed(model.signature().inputs()),
                listed(model.signature().outputs()),
                expected));
  }

  private static String listed(List<ValueInfo> values) {
    return values.stream().map(ValueInfo::toString).collect(Collectors.joining(", "));
  }
}
