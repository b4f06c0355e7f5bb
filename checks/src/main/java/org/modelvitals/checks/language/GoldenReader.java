package org.modelvitals.checks.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Golden.Origin;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads recorded distributions, text by text, and refuses those of something else. */
final class GoldenReader implements AutoCloseable {
  private static final String AGAIN =
      "; record them again from an approved model with -D" + Golden.UPDATE + "=true";
  private static final int SHOWN = 12;
  private static final double TOLERANCE = 1e-3;

  private final String name;
  private final int vocabulary;
  private final BufferedReader in;
  private long line;
  private @Nullable JsonNode ahead;

  /**
   * @param name the file as the suite names it
   * @param origin what it must have been recorded from, the model excepted
   */
  GoldenReader(Path file, String name, Origin origin) {
    this.name = name;
    this.vocabulary = origin.vocabulary();
    try {
      InputStream bytes = Files.newInputStream(file);
      in =
          new BufferedReader(
              new InputStreamReader(
                  name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                  StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      check(origin);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void check(Origin origin) {
    JsonNode header = read();
    if (header == null || !header.path("golden").asString("").equals(Golden.KIND)) {
      throw problem("this is no file of recorded next-token distributions" + AGAIN);
    }
    int version = header.path("version").asInt(0);
    if (version != Golden.VERSION) {
      throw problem(
          "the version is %d, and only %d is understood%s"
              .formatted(version, Golden.VERSION, AGAIN));
    }
    String tokenizer = header.path("tokenizer").asString("");
    if (!tokenizer.equals(origin.tokenizer())) {
      throw problem(
          "these distributions were recorded with another tokenizer (sha256 %s, now %s)%s"
              .formatted(shortened(tokenizer), shortened(origin.tokenizer()), AGAIN));
    }
    if (header.path("special").asBoolean(true) != origin.special()) {
      throw problem(
          "these distributions were recorded with special: %s%s"
              .formatted(!origin.special(), AGAIN));
    }
    int recorded = header.path("vocabulary").asInt(0);
    if (recorded != vocabulary) {
      throw problem(
          "these distributions were recorded from a model that knows %,d tokens, this one knows %,d%s"
              .formatted(recorded, vocabulary, AGAIN));
    }
    ahead = read();
  }

  /**
   * The distributions of the next text, which must be {@code text}; null where none was recorded.
   *
   * @param tokens how many tokens the text has
   */
  @Nullable KnownDistribution[] next(Text text, int tokens) {
    JsonNode title = ahead;
    if (title == null) {
      throw problem("there is no recorded text for %s%s".formatted(text.where(), AGAIN));
    }
    if (!title.has("text")) {
      throw problem("expected a text with its 'sha256' and the number of its 'tokens'");
    }
    String hash = title.path("sha256").asString("");
    if (!hash.equals(Golden.sha256(text.text()))) {
      throw problem(
          "the text recorded here, '%s', is not the one at %s (sha256 %s, now %s)%s"
              .formatted(
                  title.path("text").asString(""),
                  text.where(),
                  shortened(hash),
                  shortened(Golden.sha256(text.text())),
                  AGAIN));
    }
    if (title.path("tokens").asInt(-1) != tokens) {
      throw problem(
          "the text recorded here had %s tokens, it has %d now%s"
              .formatted(title.path("tokens"), tokens, AGAIN));
    }
    @Nullable KnownDistribution[] known = new KnownDistribution[tokens];
    int last = -1;
    int positions = 0;
    ahead = read();
    for (JsonNode one = ahead; one != null && !one.has("text"); one = ahead) {
      int after = one.path("after").asInt(-1);
      if (after <= last || after >= tokens) {
        throw problem(
            "expected 'after' between %d and %d, not %s"
                .formatted(last + 1, tokens - 1, one.path("after")));
      }
      known[after] = distribution(one);
      last = after;
      positions++;
      ahead = read();
    }
    int recorded = title.path("positions").asInt(tokens);
    if (positions != recorded) {
      throw problem(
          "of the %d positions that were recorded of %s, %d are left in the lines before%s"
              .formatted(recorded, text.where(), positions, AGAIN));
    }
    return known;
  }

  private KnownDistribution distribution(JsonNode line) {
    JsonNode tokens = line.path("tokens");
    JsonNode logs = line.path("log");
    int size = tokens.size();
    if (size == 0 || logs.size() != size) {
      throw problem("expected as many numbers in 'log' as there are in 'tokens'");
    }
    int[] ids = new int[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      ids[i] = tokens.path(i).asInt(-1);
      values[i] = logs.path(i).asDouble(Double.NaN);
      if (ids[i] < 0 || ids[i] >= vocabulary || !Double.isFinite(values[i])) {
        throw problem(
            "token %s with log-probability %s: expected a token of the vocabulary and a number"
                .formatted(tokens.path(i), logs.path(i)));
      }
    }
    JsonNode rest = line.path("rest");
    double logRest = rest.isNumber() ? rest.asDouble() : Double.NEGATIVE_INFINITY;
    double sum = Arrays.stream(values).map(Math::exp).sum() + Math.exp(logRest);
    if (!(Math.abs(sum - 1) <= TOLERANCE)) {
      throw problem(
          "the probabilities, 'rest' among them, sum to %s; expected 1%s".formatted(sum, AGAIN));
    }
    return new KnownDistribution(ids, values, logRest);
  }

  /** Refuses a file that goes on after the last text. */
  void requireEnd() {
    JsonNode more = ahead;
    if (more != null) {
      throw problem(
          "the text recorded here, '%s', is no longer among the texts%s"
              .formatted(more.path("text").asString(""), AGAIN));
    }
  }

  private @Nullable JsonNode read() {
    try {
      String text = in.readLine();
      line++;
      return text == null ? null : JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw problem("this is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private DataException problem(String sentence) {
    return new DataException("%s:%d: %s".formatted(name, line, sentence));
  }

  private DataException unreadable(IOException e) {
    return new DataException("%s cannot be read: %s".formatted(name, e), e);
  }

  private static String shortened(String hash) {
    return hash.length() > SHOWN ? hash.substring(0, SHOWN) + "…" : hash;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
