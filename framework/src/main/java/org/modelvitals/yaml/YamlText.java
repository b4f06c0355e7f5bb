package org.modelvitals.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * From bytes to YAML nodes, which know their places. The failsafe schema is used: every scalar is
 * the text that was written, and only the shape that reads it makes a number or a boolean of it.
 */
final class YamlText {
  private static final long MOST_BYTES = 3L << 20;
  private static final long MOST_NODES = 200_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new FailsafeSchema())
          .setUseMarks(true)
          .setAllowDuplicateKeys(true)
          .setAllowNonScalarKeys(true)
          .setMaxAliasesForCollections(Integer.MAX_VALUE) // see expanded()
          .setCodePointLimit((int) MOST_BYTES)
          .build();

  private static final Pattern BARE_COMPARISON = Pattern.compile("[:,\\[{-]\\s*([>!][^'\"]*)$");

  private YamlText() {}

  /** The text of a file; empty if there is none, and then the reason is among the mistakes. */
  static Optional<String> read(Path file, Mistakes mistakes) {
    try {
      if (Files.isDirectory(file)) {
        mistakes.add(1, 1, "it is a folder; expected a YAML file");
        return Optional.empty();
      }
      if (Files.size(file) > MOST_BYTES) {
        mistakes.add(
            1, 1, "the file has %,d bytes; a suite has at most 3 MiB".formatted(Files.size(file)));
        return Optional.empty();
      }
      return decode(Files.readAllBytes(file), mistakes);
    } catch (NoSuchFileException e) {
      mistakes.add(1, 1, "there is no such file");
    } catch (IOException e) {
      mistakes.add(1, 1, "the file cannot be read: " + e);
    }
    return Optional.empty();
  }

  private static Optional<String> decode(byte[] bytes, Mistakes mistakes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      Place place = Place.at(text, text.length());
      mistakes.add(
          place.line,
          place.column,
          "the file is not UTF-8 text (byte 0x%02X); save it as UTF-8"
              .formatted(bytes[in.position()]));
      return Optional.empty();
    }
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** The root of the only document; empty if it is empty or cannot be parsed. */
  static Optional<Node> parse(String text, Mistakes mistakes) {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        mistakes.add(1, 1, "the file is empty; a suite has at least 'model' and 'checks'");
      }
      return root.filter(node -> isSmall(node, mistakes));
    } catch (ReaderException e) {
      Place place = Place.at(text, text.offsetByCodePoints(0, Math.max(0, e.getPosition())));
      mistakes.add(
          place.line,
          place.column,
          "the character U+%04X may not stand in YAML".formatted(e.getCodePoint()));
    } catch (MarkedYamlEngineException e) {
      mistakes.add(e.getProblemMark(), "not valid YAML: " + sentence(e) + hint(text, e));
    } catch (YamlEngineException e) {
      mistakes.add(1, 1, "not valid YAML: " + e.getMessage());
    } catch (StackOverflowError e) { // the composer calls itself for each level
      mistakes.add(1, 1, "the file is nested too deeply");
    }
    return Optional.empty();
  }

  private static String sentence(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext().strip();
    String problem = e.getProblem().strip();
    return context.isEmpty() ? problem : context + ", " + problem;
  }

  /** Help with the two things that people write in suites and YAML has taken for itself. */
  private static String hint(String text, MarkedYamlEngineException e) {
    int line = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
    String written = text.lines().skip(line).findFirst().orElse("");
    if (BARE_COMPARISON.matcher(written).find()) {
      return "; a condition that begins with > or ! stands in quotes, as in accuracy: '>= 97 %'";
    }
    if (e.getProblem().contains("but got [")) {
      return "; within braces a name with brackets stands in quotes, as in {'recall[7]': '>= 95 %'}";
    }
    return "";
  }

  /** Whether the tree is of a size that a suite can have when aliases are followed. */
  private static boolean isSmall(Node root, Mistakes mistakes) {
    try {
      if (expanded(root, new IdentityHashMap<>()) > MOST_NODES) {
        mistakes.add(
            root, "the file has more than %,d values, aliases followed".formatted(MOST_NODES));
        return false;
      }
      return true;
    } catch (RecursiveException e) {
      mistakes.add(e.node, "an anchor contains an alias of itself");
      return false;
    }
  }

  private static long expanded(Node node, Map<Node, Long> sizes) {
    if (!(node instanceof SequenceNode) && !(node instanceof MappingNode)) {
      return 1;
    }
    Long known = sizes.get(node);
    if (known != null) {
      if (known < 0) {
        throw new RecursiveException(node);
      }
      return known;
    }
    sizes.put(node, -1L);
    long size = 1;
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        size = Math.min(size + expanded(item, sizes), MOST_NODES + 1);
      }
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        size =
            Math.min(
                size + expanded(tuple.getKeyNode(), sizes) + expanded(tuple.getValueNode(), sizes),
                MOST_NODES + 1);
      }
    }
    sizes.put(node, size);
    return size;
  }

  private static final class RecursiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Node node;

    RecursiveException(Node node) {
      this.node = node;
    }
  }

  private record Place(int line, int column) {
    static Place at(String text, int index) {
      String before = text.substring(0, index);
      int start = before.lastIndexOf('\n') + 1;
      return new Place((int) before.chars().filter(c -> c == '\n').count() + 1, index - start + 1);
    }
  }
}
