package org.modelvitals.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.text.Nearest;

/**
 * Finds out where each input's values come from: as declared; else from the column of the input's
 * name; else, for a single input, from all columns that are left.
 *
 * @param reserved columns that are not fed unless the declaration names them
 */
record Binding(
    DataSpec spec,
    RowSource source,
    Signature signature,
    Map<String, Long> dimensions,
    long seed,
    Set<String> reserved,
    Function<String, Path> resolve,
    TextTokens texts) {

  /** One filler for every input that is fed, in the order of the signature. */
  List<InputFiller> fillers() {
    requireKnown();
    if (source.hasFixedColumns()) {
      spec.ignore().forEach(name -> source.columns().require(name, source.name()));
      reserved.forEach(name -> source.columns().require(name, source.name()));
    }
    Map<String, InputFiller> made = new LinkedHashMap<>();
    try {
      make(made);
    } catch (RuntimeException e) {
      made.values().forEach(InputFiller::close);
      throw e;
    }
    return all()
        .filter(input -> made.containsKey(input.name()))
        .map(i -> made.get(i.name()))
        .toList();
  }

  private Stream<ValueInfo> all() {
    return Stream.concat(signature.inputs().stream(), signature.overridable().stream());
  }

  private void requireKnown() {
    List<String> known = all().map(ValueInfo::name).toList();
    for (String name : spec.inputs().keySet()) {
      if (!known.contains(name)) {
        throw new DataException(
            "the model has no input '%s'%s"
                .formatted(
                    name,
                    Nearest.to(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElseGet(() -> "; its inputs are " + Wording.names(known))));
      }
    }
  }

  private void make(Map<String, InputFiller> made) {
    Set<String> used = new HashSet<>();
    List<ValueInfo> open = new ArrayList<>();
    for (ValueInfo input : all().toList()) {
      InputSpec declared = spec.inputs().get(input.name());
      if (declared != null) {
        made.put(input.name(), filler(axes(input), declared));
        used.addAll(columns(declared));
      } else if (signature.inputs().contains(input)) {
        open.add(input);
      }
    }
    List<ValueInfo> nameless = new ArrayList<>();
    for (ValueInfo input : open) {
      if (source.columns().has(input.name())) {
        made.put(input.name(), filler(axes(input), InputSpec.columns(input.name())));
        used.add(input.name());
      } else {
        nameless.add(input);
      }
    }
    if (!nameless.isEmpty()) {
      ValueInfo input = nameless.get(0);
      source
          .refusal(input)
          .ifPresent(
              why -> {
                throw new DataException(why);
              });
      made.put(input.name(), filler(axes(input), rest(nameless, used)));
    }
  }

  private InputSpec rest(List<ValueInfo> inputs, Set<String> used) {
    List<String> left =
        source.columns().all().stream()
            .filter(name -> !used.contains(name))
            .filter(name -> !reserved.contains(name))
            .filter(name -> !spec.ignore().contains(name))
            .toList();
    if (inputs.size() == 1 && !left.isEmpty()) {
      return InputSpec.columns(left.toArray(String[]::new));
    }
    String name = inputs.get(0).name();
    List<String> names = inputs.stream().map(ValueInfo::name).toList();
    String columns =
        source.columns().size() == 0
            ? "there are no columns"
            : "the columns left are " + Wording.names(left);
    throw new DataException(
        "%s: nothing says what to feed to the input%s %s: %s%s; say it with 'inputs:'"
            .formatted(
                source.name(),
                inputs.size() == 1 ? "" : "s",
                Wording.names(names),
                columns,
                Nearest.to(name, left).map(near -> ", the nearest is '" + near + "'").orElse("")));
  }

  private Axes axes(ValueInfo input) {
    if (!input.isTensor()) {
      throw new DataException(
          "the model takes '%s' as %s; only tensors can be fed"
              .formatted(input.name(), input.description()));
    }
    return new Axes(input, dimensions);
  }

  private static List<String> columns(InputSpec declared) {
    if (declared instanceof InputSpec.Columns columns) {
      return columns.names();
    }
    if (declared instanceof InputSpec.Image image && image.column() != null) {
      return List.of(image.column());
    }
    if (declared instanceof InputSpec.Tokens tokens && tokens.column() != null) {
      return List.of(tokens.column());
    }
    return List.of();
  }

  private InputFiller filler(Axes axes, InputSpec declared) {
    if (declared instanceof InputSpec.Columns columns) {
      return new ColumnsFiller(axes, source, columns);
    } else if (declared instanceof InputSpec.Constant constant) {
      return new ConstantFiller(axes, constant);
    } else if (declared instanceof InputSpec.TensorFile file) {
      return TensorFileFiller.of(axes, file, resolve);
    } else if (declared instanceof InputSpec.Ramp ramp) {
      return new RampFiller(axes, ramp);
    } else if (declared instanceof InputSpec.Random random) {
      return new RandomFiller(axes, random, seed);
    } else if (declared instanceof InputSpec.Sine sine) {
      return new SineFiller(axes, sine);
    } else if (declared instanceof InputSpec.Feedback feedback) {
      return new FeedbackFiller(axes, feedback, signature);
    }
    if (declared instanceof InputSpec.Image image) {
      return image(axes, image);
    }
    return tokens(axes, (InputSpec.Tokens) declared);
  }

  private InputFiller image(Axes axes, InputSpec.Image image) {
    String column = image.column();
    String file = image.file();
    requireOne(axes, "image", "file", column, file);
    if (file != null) {
      return new ImageFileFiller(axes, image, file, resolve.apply(file));
    }
    Path dataset = resolve.apply(String.valueOf(spec.file())).toAbsolutePath();
    return new ImageColumnFiller(
        axes, source, image, String.valueOf(column), dataset.resolveSibling(""));
  }

  private InputFiller tokens(Axes axes, InputSpec.Tokens tokens) {
    String column = tokens.column();
    String text = tokens.text();
    requireOne(axes, "tokens", "text", column, text);
    Tokenizer tokenizer = texts.tokenizer(resolve.apply(tokens.tokenizer()));
    return text != null
        ? new TextFiller(axes, tokens, text, texts, tokenizer)
        : new TokensFiller(
            axes, source, tokens, String.valueOf(column), texts, tokenizer, masked(column));
  }

  /** Whether some input takes the attention mask of the texts in this column. */
  private boolean masked(@Nullable String column) {
    return spec.inputs().values().stream()
        .anyMatch(
            other ->
                other instanceof InputSpec.Tokens tokens
                    && tokens.part() == InputSpec.Tokens.Part.ATTENTION_MASK
                    && java.util.Objects.equals(tokens.column(), column));
  }

  private void requireOne(
      Axes axes, String keyword, String other, @Nullable String column, @Nullable String value) {
    if ((column == null) == (value == null)) {
      throw new DataException(
          "%s: '%s' needs a column or a %s, and not both".formatted(axes, keyword, other));
    }
    if (column != null && spec.file() == null) {
      throw new DataException(
          "%s: '%s' names the column '%s', and there is no dataset; say 'file:', or '%s:' here"
              .formatted(axes, keyword, column, other));
    }
  }
}
