package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes plain data as YAML. What fits on a line stands in braces on one line, everything else in
 * blocks. Texts that YAML 1.2's core schema would take for something else stand in quotes.
 */
final class YamlWriter {
  private static final int LINE = 60;

  /** What the emitter would write as it is, although it does not come back. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\x{85}\\x{A0}\\x{2028}\\x{2029}&&[^\\n]]");

  private static final CoreSchema SCHEMA = new CoreSchema();
  private static final Set<Tag> NUMBERS = Set.of(Tag.INT, Tag.FLOAT);
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setSchema(SCHEMA)
          .setIndent(2)
          .setWidth(100_000) // where lines break is decided here
          .setSplitLines(false)
          .setDefaultScalarStyle(ScalarStyle.PLAIN)
          .build();

  private YamlWriter() {}

  /** A condition: unlike other texts it needs no quotes where it looks like a number. */
  record Condition(String text) {}

  /** The document; {@code root} and each check of it are blocks. */
  static String write(Map<String, Object> root) {
    return new Present(SETTINGS)
        .emitToString(new Serialize(SETTINGS).serializeOne(mapping(root, 3)).iterator());
  }

  /** The outermost {@code blocks} levels are blocks, however short they are. */
  private static Node node(Object value, int blocks) {
    if (value instanceof Map<?, ?> map) {
      return mapping(map, blocks);
    } else if (value instanceof List<?> list) {
      List<Node> items = new ArrayList<>();
      list.forEach(item -> items.add(node(item, 0)));
      return new SequenceNode(
          Tag.SEQ, items, style(items.stream().mapToInt(YamlWriter::length).sum()));
    }
    String text = value instanceof Condition condition ? condition.text() : scalar(value);
    Tag meant = SCHEMA.getScalarResolver().resolve(text, true);
    boolean plain =
        value instanceof Condition ? NUMBERS.contains(meant) : !(value instanceof String);
    Tag tag = plain ? meant : Tag.STR;
    boolean visible = !INVISIBLE.matcher(text).find();
    return new ScalarNode(tag, text, visible ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }

  private static MappingNode mapping(Map<?, ?> map, int blocks) {
    List<NodeTuple> tuples = new ArrayList<>();
    map.forEach((key, value) -> tuples.add(new NodeTuple(node(key, 0), node(value, blocks - 1))));
    MappingNode node = new MappingNode(Tag.MAP, tuples, FlowStyle.FLOW);
    if (!tuples.isEmpty()) {
      node.setFlowStyle(blocks > 0 ? FlowStyle.BLOCK : style(length(node)));
    }
    return node;
  }

  private static FlowStyle style(int length) {
    return length > LINE ? FlowStyle.BLOCK : FlowStyle.FLOW;
  }

  private static int length(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().length() + 2;
    } else if (node instanceof SequenceNode sequence) {
      return 2 + sequence.getValue().stream().mapToInt(YamlWriter::length).sum();
    }
    return 2
        + ((MappingNode) node)
            .getValue().stream()
                .mapToInt(tuple -> length(tuple.getKeyNode()) + length(tuple.getValueNode()))
                .sum();
  }

  private static String scalar(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isInfinite(number)
          ? (number > 0 ? ".inf" : "-.inf")
          : number == Math.rint(number) && Math.abs(number) < 1e15 && !isNegativeZero(number)
              ? Long.toString((long) number)
              : value.toString();
    }
    return value.toString();
  }

  private static boolean isNegativeZero(double number) {
    return Double.compare(number, -0.0) == 0;
  }
}
