package org.modelvitals.checks.language;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Golden.Origin;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.data.DataException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes recorded distributions, texts in order whatever the order they are done in. The file
 * appears when everything is in it; one whose name ends in {@code .gz} is compressed.
 */
final class GoldenWriter implements AutoCloseable {
  private static final double ROUNDED = 1e6;

  /** What each file is recorded by, since this program began. */
  private static final Map<Path, Recording> RECORDED = new ConcurrentHashMap<>();

  private final Path file;
  private final Recording recording;
  private final Path part;
  private final Writer out;
  private final TreeMap<Long, String> waiting = new TreeMap<>();
  private long next;
  private boolean finished;

  /** Two checks with the same recording write the same file, and only those may. */
  private record Recording(TokenDistribution declared, Origin origin) {}

  /**
   * @throws DataException if another check of this run has the file for something else
   */
  GoldenWriter(Path file, TokenDistribution declared, Origin origin) {
    this.file = file;
    this.recording = new Recording(declared, origin);
    Recording other = RECORDED.putIfAbsent(file(), recording);
    if (other != null && !other.equals(recording)) {
      throw new DataException(
          "%s is recorded by another check in this run, for other texts or from another model;"
                  .formatted(file)
              + " give each of them a 'golden' of its own");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      part =
          Files.createTempFile(
              file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
      OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(part));
      out =
          new OutputStreamWriter(
              file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes,
              StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unwritable(e);
    }
    ObjectNode header = JsonMapper.shared().createObjectNode();
    header.put("golden", Golden.KIND).put("version", Golden.VERSION);
    header.put("model", origin.model()).put("tokenizer", origin.tokenizer());
    header.put("special", origin.special()).put("vocabulary", origin.vocabulary());
    header.put("top", origin.top());
    write(header + "\n");
  }

  /** Where the file will be. */
  Path file() {
    return file.toAbsolutePath().normalize();
  }

  /**
   * Writes the distributions of a text.
   *
   * @param known after each token; null where the model gives none
   */
  void add(Text text, @Nullable KnownDistribution[] known) {
    StringBuilder lines = new StringBuilder();
    ObjectNode title = JsonMapper.shared().createObjectNode();
    title.put("text", text.where()).put("sha256", Golden.sha256(text.text()));
    title.put("tokens", known.length);
    long positions = Arrays.stream(known).filter(Objects::nonNull).count();
    if (positions < known.length) {
      title.put("positions", positions);
    }
    lines.append(title).append('\n');
    for (int i = 0; i < known.length; i++) {
      KnownDistribution one = known[i];
      if (one != null) {
        lines.append(line(i, one)).append('\n');
      }
    }
    waiting.put(text.index(), lines.toString());
    for (String ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
      write(ready);
      next++;
    }
  }

  private static ObjectNode line(int after, KnownDistribution known) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    line.put("after", after);
    ArrayNode tokens = line.putArray("tokens");
    ArrayNode logs = line.putArray("log");
    for (int i = 0; i < known.size(); i++) {
      tokens.add(known.token(i));
      logs.add(rounded(known.logProbability(i)));
    }
    if (Double.isFinite(known.logRest())) {
      line.put("rest", rounded(known.logRest()));
    } else {
      line.putNull("rest");
    }
    return line;
  }

  private static double rounded(double value) {
    return Math.rint(value * ROUNDED) / ROUNDED + 0.0;
  }

  private void write(String lines) {
    try {
      out.write(lines);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Puts the finished file in its place. */
  void finish() {
    try {
      out.close();
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      finished = true;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Leaves nothing half written behind. */
  @Override
  public void close() {
    if (!finished) {
      RECORDED.remove(file(), recording);
    }
    try {
      out.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private DataException unwritable(IOException e) {
    return new DataException("%s cannot be written: %s".formatted(file, e), e);
  }
}
