package org.modelvitals.yaml;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Makes values of YAML nodes after shapes. Every mistake is collected; a value that has one is
 * empty.
 */
final class ShapeReader {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Mistakes mistakes;

  ShapeReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** The value of a {@code @Default}; a mistake in it is one of the probe's author. */
  static Object ofDefault(String text, Shape shape, RecordComponent component) {
    Mistakes mistakes = new Mistakes();
    Optional<Object> value =
        YamlText.parse(text, mistakes)
            .flatMap(node -> new ShapeReader(mistakes).read(node, shape, "the default"));
    return value.orElseThrow(
        () ->
            new IllegalStateException(
                "@Default(\"%s\") of %s.%s: %s"
                    .formatted(
                        text,
                        component.getDeclaringRecord().getName(),
                        component.getName(),
                        mistakes.sorted().get(0).message())));
  }

  /**
   * Reads a value.
   *
   * @param what what it is called in messages, such as {@code 'batch'}
   */
  Optional<Object> read(Node node, Shape shape, String what) {
    if (shape instanceof Shape.Raw) {
      return Optional.of(node);
    } else if (shape instanceof Shape.Fields fields) {
      return fields(node, fields, what);
    } else if (shape instanceof Shape.Variants variants) {
      return variants(node, variants, what);
    } else if (shape instanceof Shape.Sequence sequence) {
      return sequence(node, sequence, what);
    } else if (shape instanceof Shape.Mapping mapping) {
      return mapping(node, mapping, what);
    }
    return text(node, shape, what).flatMap(scalar -> scalar(scalar, shape, what));
  }

  /** The text of a scalar that stands for {@code shape}. */
  Optional<ScalarNode> text(Node node, Shape shape, String what) {
    if (!untagged(node)) {
      return Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar)) {
      return wrong(node, what, kind(node), shape);
    }
    if (isNull(scalar)) {
      mistakes.add(
          scalar,
          scalar.getValue().isEmpty()
              ? "%s has no value; expected %s".formatted(what, Shape.expected(shape))
              : "%s is null; expected %s%s"
                  .formatted(
                      what,
                      Shape.expected(shape),
                      shape instanceof Shape.Text
                          ? ", and the text '%s' stands in quotes".formatted(scalar.getValue())
                          : ""));
      return Optional.empty();
    }
    return Optional.of(scalar);
  }

  /** Whether nothing is written, or YAML's word for nothing. */
  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NULLS.contains(scalar.getValue());
  }

  private Optional<Object> scalar(ScalarNode node, Shape shape, String what) {
    String text = node.getValue();
    if (shape instanceof Shape.Text) {
      return Optional.of(text);
    } else if (shape instanceof Shape.Choice choice) {
      Object constant = choice.constants().get(text);
      if (constant == null) {
        mistakes.add(
            node,
            "%s is '%s'%s"
                .formatted(what, text, Words.hint(text, choice.constants().keySet(), "values")));
      }
      return Optional.ofNullable(constant);
    } else if (shape instanceof Shape.Parsed parsed) {
      try {
        return Optional.of(parsed.parser().apply(text));
      } catch (IllegalArgumentException e) {
        mistakes.add(node, what + ": " + e.getMessage());
        return Optional.empty();
      }
    }
    Optional<Object> value =
        shape instanceof Shape.Numeric number ? Scalars.number(text, number) : Scalars.bool(text);
    if (value.isPresent() && !node.isPlain()) {
      mistakes.add(
          node,
          "%s is the text '%s', expected %s; write it without quotes"
              .formatted(what, text, Shape.expected(shape)));
      return Optional.empty();
    }
    if (value.isEmpty()
        && shape instanceof Shape.Numeric number
        && Scalars.isTooLarge(text, number)) {
      long most = number.type() == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
      mistakes.add(
          node, "%s is %s, expected a whole number, at most %d".formatted(what, text, most));
      return value;
    }
    return value.isPresent() ? value : wrong(node, what, "'" + text + "'", shape);
  }

  private Optional<Object> sequence(Node node, Shape.Sequence shape, String what) {
    if (!untagged(node)) {
      return Optional.empty();
    }
    if (!(node instanceof SequenceNode sequence)) {
      boolean single = node instanceof ScalarNode && !isNull(node);
      return single
          ? read(node, shape.items(), what).map(List::of)
          : node instanceof ScalarNode
              ? text(node, shape, what).map(x -> x)
              : wrong(node, what, kind(node), shape);
    }
    List<Object> values = new ArrayList<>();
    int before = mistakes.count();
    int index = 1;
    for (Node item : sequence.getValue()) {
      read(item, shape.items(), "item " + index++ + " of " + what).ifPresent(values::add);
    }
    return mistakes.count() == before ? Optional.of(values) : Optional.empty();
  }

  private Optional<Object> mapping(Node node, Shape.Mapping shape, String what) {
    return entries(node, shape, what)
        .flatMap(
            entries -> {
              Map<String, Object> values = new LinkedHashMap<>();
              int before = mistakes.count();
              entries.forEach(
                  (key, entry) ->
                      read(entry.getValueNode(), shape.values(), "'" + key + "'")
                          .ifPresent(value -> values.put(key, value)));
              return mistakes.count() == before ? Optional.of(values) : Optional.empty();
            });
  }

  /** The entries of a mapping by key; duplicates and keys that are no texts are mistakes. */
  Optional<Map<String, NodeTuple>> entries(Node node, Shape shape, String what) {
    if (!untagged(node)) {
      return Optional.empty();
    }
    if (!(node instanceof MappingNode mapping)) {
      return isNull(node)
          ? text(node, shape, what).map(x -> Map.of())
          : wrong(
              node,
              what,
              node instanceof ScalarNode scalar ? "'" + scalar.getValue() + "'" : kind(node),
              shape);
    }
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        mistakes.add(key, "%s is a key in %s; keys are texts".formatted(kind(key), what));
        continue;
      }
      NodeTuple first = entries.putIfAbsent(scalar.getValue(), tuple);
      if (first != null) {
        mistakes.add(
            key,
            "'%s' stands twice in %s; the first is on line %d"
                .formatted(
                    scalar.getValue(),
                    what,
                    first.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(1)));
      }
    }
    return Optional.of(entries);
  }

  private Optional<Object> variants(Node node, Shape.Variants shape, String what) {
    if (!(node instanceof MappingNode) && !isNull(node) && shape.shorthand().isPresent()) {
      Shape.Fields bare = Objects.requireNonNull(shape.variants().get(shape.shorthand().get()));
      return fields(node, bare, what);
    }
    Optional<Map<String, NodeTuple>> entries = entries(node, shape, what);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    int before = mistakes.count();
    entries
        .get()
        .forEach(
            (key, entry) -> {
              if (!shape.variants().containsKey(key)) {
                mistakes.add(
                    entry.getKeyNode(),
                    "unknown kind '%s' for %s%s"
                        .formatted(key, what, Words.hint(key, shape.variants().keySet(), "kinds")));
              }
            });
    if (mistakes.count() > before) {
      return Optional.empty();
    }
    if (entries.get().size() != 1) {
      mistakes.add(
          node,
          "%s has %s; expected exactly one of %s"
              .formatted(
                  what,
                  entries.get().isEmpty()
                      ? "no kind"
                      : "the kinds " + String.join(", ", entries.get().keySet()),
                  String.join(", ", shape.variants().keySet())));
      return Optional.empty();
    }
    Map.Entry<String, NodeTuple> only = entries.get().entrySet().iterator().next();
    return fields(
        only.getValue().getValueNode(),
        Objects.requireNonNull(shape.variants().get(only.getKey())),
        "'" + only.getKey() + "'");
  }

  /** Reads a record; nothing at all stands for one that needs nothing. */
  Optional<Object> fields(Node node, Shape.Fields shape, String what) {
    if (isNull(node) && untagged(node) && shape.needsNothing()) {
      return construct(node, shape, Map.of(), Map.of());
    }
    if (!(node instanceof MappingNode) && !isNull(node) && shape.shorthand().isPresent()) {
      Shape.Field bare = shape.shorthand().get();
      return read(node, bare.shape().get(), what)
          .flatMap(value -> construct(node, shape, Map.of(bare.name(), value), Map.of()));
    }
    return entries(node, shape, what).flatMap(entries -> fields(node, shape, entries, what));
  }

  private Optional<Object> fields(
      Node node, Shape.Fields shape, Map<String, NodeTuple> entries, String what) {
    int before = mistakes.count();
    Map<String, Object> values = values(node, shape, entries, what);
    return mistakes.count() > before ? Optional.empty() : construct(node, shape, values, entries);
  }

  /** The values of a record's fields, as far as they are given and right. */
  Map<String, Object> values(
      Node node, Shape.Fields shape, Map<String, NodeTuple> entries, String what) {
    Map<String, Object> values = new LinkedHashMap<>();
    Set<String> meant = new HashSet<>();
    for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
      String key = entry.getKey();
      Shape.Field field = shape.fields().get(key);
      if (field == null) {
        Words.nearest(key, shape.fields().keySet()).ifPresent(meant::add);
        mistakes.add(
            entry.getValue().getKeyNode(),
            "unknown key '%s' in %s%s"
                .formatted(key, what, Words.hint(key, shape.fields().keySet(), "keys")));
      } else {
        read(entry.getValue().getValueNode(), field.shape().get(), "'" + key + "'")
            .ifPresent(value -> values.put(key, value));
      }
    }
    for (Shape.Field field : shape.fields().values()) {
      if (field.required()
          && !entries.containsKey(field.name())
          && !meant.contains(field.name())) { // a misspelt key is one mistake, not two
        mistakes.add(
            node,
            "%s needs '%s'%s"
                .formatted(
                    what, field.name(), field.doc().isEmpty() ? "" : "; " + plain(field.doc())));
      }
    }
    return values;
  }

  /** The documentation as the end of a sentence. */
  private static String plain(String doc) {
    return doc.endsWith(".") ? doc.substring(0, doc.length() - 1) : doc;
  }

  private Optional<Object> construct(
      Node node, Shape.Fields shape, Map<String, Object> values, Map<String, NodeTuple> entries) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Shape.Field field : shape.fields().values()) {
      arguments.add(argument(field, values));
    }
    try {
      return Optional.of(shape.maker().make(arguments));
    } catch (IllegalArgumentException e) {
      mistakes.add(blamed(node, shape, entries, message(e)), message(e));
      return Optional.empty();
    }
  }

  private static @Nullable Object argument(Shape.Field field, Map<String, Object> values) {
    Object value = values.get(field.name());
    return value == null ? field.fallback().get().orElse(null) : value;
  }

  static String message(IllegalArgumentException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** The key that a record's complaint names first, or the whole record. */
  private static Node blamed(
      Node node, Shape.Fields shape, Map<String, NodeTuple> entries, String message) {
    Node blamed = node;
    int first = Integer.MAX_VALUE;
    for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
      Shape.Field field = Objects.requireNonNull(shape.fields().get(entry.getKey()));
      for (String name : List.of(field.name(), field.component())) {
        Matcher matcher = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(message);
        if (matcher.find() && matcher.start() < first) {
          first = matcher.start();
          blamed = entry.getValue().getKeyNode();
        }
      }
    }
    return blamed;
  }

  private boolean untagged(Node node) {
    Tag tag = node.getTag();
    boolean usual =
        node instanceof ScalarNode
            ? tag.equals(Tag.STR) || tag.equals(Tag.NULL)
            : tag.equals(Tag.SEQ) || tag.equals(Tag.MAP);
    if (!usual) {
      mistakes.add(
          node,
          "'%s' is a tag in YAML, which suites do not use; a text that begins with ! stands in"
                  .formatted(tag.getValue())
              + " quotes");
    }
    return usual;
  }

  private <T> Optional<T> wrong(Node node, String what, String found, Shape shape) {
    mistakes.add(node, "%s is %s, expected %s".formatted(what, found, Shape.expected(shape)));
    return Optional.empty();
  }

  private static String kind(Node node) {
    return node instanceof MappingNode
        ? "a mapping"
        : node instanceof SequenceNode ? "a list" : "a text";
  }
}
