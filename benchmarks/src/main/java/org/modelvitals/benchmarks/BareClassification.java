package org.modelvitals.benchmarks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody would write by hand to classify the rows and to measure what the classification
 * probe measures: parse a line into a buffer, run, keep scores.
 */
final class BareClassification implements AutoCloseable {
  private final Workload workload;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final boolean floats;
  private final long[] shape;
  private final int width;
  private final Map<String, Integer> classes = new HashMap<>();

  BareClassification(Workload workload, int threads) throws OrtException {
    this.workload = workload;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      this.session = environment.createSession(workload.model().toString(), options);
    }
    TensorInfo input =
        (TensorInfo) Objects.requireNonNull(session.getInputInfo().get(workload.input())).getInfo();
    this.floats = input.type == OnnxJavaType.FLOAT;
    this.shape = input.getShape();
    int elements = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      elements *= (int) shape[axis];
    }
    this.width = elements;
    for (int i = 0; i < workload.classes().size(); i++) {
      classes.put(workload.classes().get(i), i);
    }
  }

  /** One pass over all rows, {@code batch} of them at a time. */
  BareScores pass(int batch) throws OrtException, IOException {
    BareScores scores = new BareScores(classes.size());
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * width * batch).order(ByteOrder.nativeOrder());
    int[] labels = new int[batch];
    int pending = 0;
    try (BufferedReader lines = Files.newBufferedReader(workload.data())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        labels[pending++] = parse(line, buffer);
        if (pending == batch) {
          run(buffer, labels, pending, scores);
          pending = 0;
        }
      }
    }
    if (pending > 0) {
      run(buffer, labels, pending, scores);
    }
    scores.finish();
    return scores;
  }

  /** Appends the row to the buffer and returns its class. */
  private int parse(String line, ByteBuffer buffer) {
    int label = -1;
    try (JsonParser json = JsonMapper.shared().createParser(line)) {
      json.nextToken();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        if (name.equals("label")) {
          label = Objects.requireNonNull(classes.get(json.getString()));
        } else if (name.equals(workload.input())) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            if (floats) {
              buffer.putFloat(json.getFloatValue());
            } else {
              buffer.putInt(json.getIntValue());
            }
          }
        } else {
          json.skipChildren();
        }
      }
    }
    return label;
  }

  private void run(ByteBuffer buffer, int[] labels, int rows, BareScores scores)
      throws OrtException {
    buffer.flip();
    shape[0] = rows;
    try (OnnxTensor input =
            floats
                ? OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape)
                : OnnxTensor.createTensor(environment, buffer.asIntBuffer(), shape);
        OrtSession.Result result = session.run(Map.of(workload.input(), input))) {
      FloatBuffer outputs = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] row = new float[classes.size()];
      for (int i = 0; i < rows; i++) {
        outputs.get(row);
        scores.add(labels[i], workload.logits() ? BareScores.softmax(row) : row.clone());
      }
    }
    buffer.clear();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
