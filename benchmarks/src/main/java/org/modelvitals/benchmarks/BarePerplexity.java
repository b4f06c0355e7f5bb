package org.modelvitals.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Perplexity over texts as somebody would write it for this one model: reads and encodes them,
 * sorts them by length so that little is padded, and runs them in the batches that the probe makes,
 * into logits that are bound once.
 */
final class BarePerplexity implements AutoCloseable {
  private static final int HELD = 512;
  private static final int ROWS = 32;
  private static final int VOCABULARY = 57;
  private static final int LONGEST = 64;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Path data;
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final ByteBuffer ids = direct(8 * ROWS * LONGEST);
  private final ByteBuffer mask = direct(8 * ROWS * LONGEST);
  private final ByteBuffer positions = direct(8 * ROWS * LONGEST);
  private final ByteBuffer logits = direct(4 * ROWS * LONGEST * VOCABULARY);
  private final float[] copy = new float[VOCABULARY];
  private double nats;
  private long tokens;

  BarePerplexity(Path model, Path data) throws OrtException, IOException {
    this.data = data;
    this.tokenizer = HuggingFaceTokenizer.newInstance(model.resolveSibling("tokenizer.json"));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model.toString(), options);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  double perplexity() throws IOException, OrtException {
    nats = 0;
    tokens = 0;
    List<long[]> held = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(data)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = JsonMapper.shared().readTree(line).path("text").asString();
        held.add(tokenizer.encode(text, true, false).getIds());
        if (held.size() == HELD) {
          run(held);
        }
      }
    }
    run(held);
    return Math.exp(nats / tokens);
  }

  private void run(List<long[]> held) throws OrtException {
    held.sort(Comparator.comparingInt((long[] row) -> -row.length));
    for (int at = 0; at < held.size(); at += ROWS) {
      batch(held.subList(at, Math.min(held.size(), at + ROWS)));
    }
    held.clear();
  }

  private void batch(List<long[]> rows) throws OrtException {
    int width = rows.get(0).length;
    LongBuffer idsHere = ids.asLongBuffer();
    LongBuffer maskHere = mask.asLongBuffer();
    LongBuffer positionsHere = positions.asLongBuffer();
    for (int row = 0; row < rows.size(); row++) {
      long[] text = rows.get(row);
      for (int place = 0; place < width; place++) {
        boolean real = place < text.length;
        int at = row * width + place;
        idsHere.put(at, real ? text[place] : 0);
        maskHere.put(at, real ? 1 : 0);
        positionsHere.put(at, real ? place : 1);
      }
    }
    int places = rows.size() * width;
    long[] shape = {rows.size(), width};
    FloatBuffer scores = logits.asFloatBuffer();
    try (OnnxTensor first = OnnxTensor.createTensor(environment, idsHere.limit(places), shape);
        OnnxTensor second = OnnxTensor.createTensor(environment, maskHere.limit(places), shape);
        OnnxTensor third =
            OnnxTensor.createTensor(environment, positionsHere.limit(places), shape);
        OnnxTensor output =
            OnnxTensor.createTensor(
                environment,
                scores.limit(places * VOCABULARY),
                new long[] {rows.size(), width, VOCABULARY})) {
      session.run(
          Map.of("input_ids", first, "attention_mask", second, "position_ids", third),
          Set.of(),
          Map.of("logits", output));
    }
    for (int row = 0; row < rows.size(); row++) {
      long[] text = rows.get(row);
      for (int place = 1; place < text.length; place++) {
        nats -= logProbability(scores, (row * width + place - 1) * VOCABULARY, text[place]);
      }
      tokens += text.length - 1;
    }
  }

  private double logProbability(FloatBuffer scores, int start, long token) {
    scores.get(start, copy);
    float largest = Float.NEGATIVE_INFINITY;
    for (float score : copy) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (float score : copy) {
      sum += Math.exp((double) score - largest);
    }
    return copy[(int) token] - largest - Math.log(sum);
  }

  @Override
  public void close() throws OrtException {
    tokenizer.close();
    session.close();
  }
}
