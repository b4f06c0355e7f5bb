package org.modelvitals.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.text.Nearest;

/**
 * A model that gives logits for the token after a sequence of tokens. Its inputs are recognised by
 * Hugging Face's convention: token ids, and, where the model takes them, an attention mask of ones,
 * positions from 0, token types of zeros, empty key-value caches (inputs whose names begin with
 * {@code past}) and {@code use_cache_branch}, which is false.
 */
public final class CausalLanguageModel {
  private final Model model;
  private final Map<ValueInfo, Role> roles;
  private final ValueInfo logits;
  private OptionalInt vocabulary = OptionalInt.empty();

  private enum Role {
    IDS,
    MASK,
    POSITIONS,
    TYPES,
    CACHE,
    USE_CACHE
  }

  private CausalLanguageModel(Model model, Map<ValueInfo, Role> roles, ValueInfo logits) {
    this.model = model;
    this.roles = roles;
    this.logits = logits;
  }

  /**
   * Recognises a model.
   *
   * @throws ModelException with a sentence that lists inputs and outputs if it is no such model
   */
  public static CausalLanguageModel of(Model model, LanguageInputs names) {
    requireNames(model, names);
    Map<ValueInfo, Role> roles = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (ValueInfo input : model.signature().inputs()) {
      Role role = role(input, names);
      if (role == null) {
        unknown.add("does not know what to feed to '" + input.name() + "'");
      } else {
        roles.put(input, role);
      }
    }
    if (!roles.containsValue(Role.IDS)) {
      unknown.add(0, "finds no token ids");
    }
    ValueInfo logits = logits(model, names);
    if (logits == null) {
      unknown.add("finds no logits");
    }
    if (logits == null || !unknown.isEmpty()) {
      throw refused(model, unknown);
    }
    return new CausalLanguageModel(model, roles, logits);
  }

  private static ModelException refused(Model model, List<String> reasons) {
    return new ModelException(
        ModelException.Reason.BAD_INPUT,
        ("%s is not recognised as a causal language model, because ModelVitals %s; it takes %s and"
                + " gives %s; expected are 'input_ids' (integers [batch, sequence]), perhaps"
                + " 'attention_mask', 'position_ids', 'token_type_ids' and caches 'past…', and"
                + " 'logits' ([batch, sequence, vocabulary] or [batch, vocabulary]); other names can"
                + " be declared")
            .formatted(
                model.file().path().getFileName(),
                String.join(", ", reasons),
                listed(model.signature().inputs()),
                listed(model.signature().outputs())));
  }

  private static String listed(List<ValueInfo> values) {
    return values.stream().map(ValueInfo::toString).collect(Collectors.joining(", "));
  }

  private static void requireNames(Model model, LanguageInputs names) {
    List<String> inputs = model.signature().inputs().stream().map(ValueInfo::name).toList();
    requireName("input", names.ids(), inputs);
    requireName("input", names.mask(), inputs);
    requireName("input", names.positions(), inputs);
    requireName("input", names.types(), inputs);
    requireName(
        "output",
        names.logits(),
        model.signature().outputs().stream().map(ValueInfo::name).toList());
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

  private static @Nullable Role role(ValueInfo input, LanguageInputs names) {
    String name = input.name();
    if (!input.isTensor()) {
      return null;
    }
    if (isInteger(input.type()) && input.shape().size() == 2) {
      if (name.equals(or(names.ids(), "input_ids"))) {
        return Role.IDS;
      }
      if (name.equals(or(names.positions(), "position_ids"))) {
        return Role.POSITIONS;
      }
      if (name.equals(or(names.types(), "token_type_ids"))) {
        return Role.TYPES;
      }
    }
    // Masks come as integers, floats and booleans.
    if (name.equals(or(names.mask(), "attention_mask")) && input.shape().size() == 2) {
      return Role.MASK;
    }
    if (name.startsWith("past") && input.type().isFloating()) {
      return Role.CACHE;
    }
    return name.equals("use_cache_branch") && input.type() == ElementType.BOOL
        ? Role.USE_CACHE
        : null;
  }

  private static String or(@Nullable String name, String convention) {
    return name == null ? convention : name;
  }

  private static boolean isInteger(ElementType type) {
    return type == ElementType.INT32 || type == ElementType.INT64;
  }

  private static @Nullable ValueInfo logits(Model model, LanguageInputs names) {
    List<ValueInfo> fitting =
        model.signature().outputs().stream()
            .filter(output -> output.isTensor() && output.type().isFloating())
            .filter(output -> output.shape().size() == 2 || output.shape().size() == 3)
            .toList();
    String name = or(names.logits(), "logits");
    return fitting.stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElse(names.logits() == null && fitting.size() == 1 ? fitting.get(0) : null);
  }

  /** How many tokens the model knows: the width of its logits. Runs the model if it must. */
  public int vocabulary() {
    if (vocabulary.isEmpty()) {
      Dim width = logits.shape().get(logits.shape().size() - 1);
      vocabulary =
          OptionalInt.of(
              width.isFree()
                  ? Math.toIntExact(run(new long[] {0}).dim(-1))
                  : Math.toIntExact(width.size()));
    }
    return vocabulary.getAsInt();
  }

  /**
   * Refuses a text with tokens that the model does not know, before it is fed.
   *
   * @throws ModelException with a sentence that names both vocabularies' sizes
   */
  public void requireKnown(String text, long[] ids, Tokenizer tokenizer) {
    int known = vocabulary();
    for (long id : ids) {
      if (id >= known || id < 0) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            String.format(
                Locale.ROOT,
                "the text '%s' has the token %d ('%s'), which the model does not know: its"
                    + " vocabulary has %,d tokens, the tokenizer's %,d",
                shortened(text),
                id,
                tokenizer.name(id),
                known,
                tokenizer.size()));
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }

  /**
   * The distribution of the token after {@code ids}, all of which are attended.
   *
   * @throws ModelException if there are no tokens, or the model cannot be run on them
   */
  public NextTokens next(long... ids) {
    if (ids.length == 0) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "there are no tokens to go on from; the text is empty for this tokenizer");
    }
    Tensor output = run(ids);
    int width = Math.toIntExact(output.dim(-1));
    boolean fits =
        output.dim(0) == 1 && (output.rank() == 2 || (output.rank() == 3 && output.dim(1) >= 1));
    if (!fits) {
      throw new ModelException(
          ModelException.Reason.RUN_FAILED,
          "the output '%s' is %s for one text of %d tokens; expected [1, %d, vocabulary] or [1,"
                  .formatted(logits.name(), output, ids.length, ids.length)
              + " vocabulary]");
    }
    int last = output.size() - width;
    double[] scores = new double[width];
    for (int i = 0; i < width; i++) {
      scores[i] = output.getDouble(last + i);
    }
    return NextTokens.ofLogits(scores);
  }

  private Tensor run(long[] ids) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    roles.forEach((input, role) -> inputs.put(input.name(), tensor(input, role, ids)));
    Value value = model.run(inputs).get(logits.name());
    if (value instanceof Tensor tensor && tensor.rank() >= 2) {
      return tensor;
    }
    throw new ModelException(
        ModelException.Reason.RUN_FAILED,
        "the output '%s' is no tensor with logits".formatted(logits.name()));
  }

  private Tensor tensor(ValueInfo input, Role role, long[] ids) {
    if (role == Role.CACHE) {
      return Tensor.allocate(input.type(), emptyCache(input));
    }
    if (role == Role.USE_CACHE) {
      long[] shape =
          input.shape().stream().mapToLong(dim -> dim.isFree() ? 1 : dim.size()).toArray();
      return Tensor.allocate(input.type(), shape);
    }
    Dim length = input.shape().get(1);
    if (!length.isFree() && length.size() != ids.length) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "the input '%s' takes exactly %d tokens, the text has %d"
              .formatted(input.name(), length.size(), ids.length));
    }
    Tensor tensor = Tensor.allocate(input.type(), 1, ids.length);
    for (int i = 0; i < ids.length; i++) {
      switch (role) {
        case IDS -> tensor.setLong(i, ids[i]);
        case MASK -> tensor.setDouble(i, 1);
        case POSITIONS -> tensor.setLong(i, i);
        default -> tensor.setLong(i, 0);
      }
    }
    return tensor;
  }

  /** One row, and no past: the first free dimension is the batch unless its name says otherwise. */
  private static long[] emptyCache(ValueInfo input) {
    long[] shape = new long[input.shape().size()];
    boolean batch = false;
    for (int i = 0; i < shape.length; i++) {
      Dim dim = input.shape().get(i);
      if (!dim.isFree()) {
        shape[i] = dim.size();
        continue;
      }
      String name = dim.name() == null ? "" : dim.name().toLowerCase(Locale.ROOT);
      boolean past = name.contains("past") || name.contains("seq") || name.contains("len");
      shape[i] = !batch && (!past || name.contains("batch")) ? 1 : 0;
      batch |= shape[i] == 1;
    }
    return shape;
  }
}
