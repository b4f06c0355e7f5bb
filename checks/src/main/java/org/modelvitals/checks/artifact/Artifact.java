package org.modelvitals.checks.artifact;

import org.modelvitals.suite.Measured;

/** The artifact probe in Java: {@code artifact().expect(opset().isAtLeast(17))}. */
public final class Artifact {
  private Artifact() {}

  /** A probe of the model file; see the measurements of this class. */
  public static ArtifactSpec artifact() {
    return new ArtifactSpec();
  }

  /** Version of the ONNX operator set that the model imports. */
  public static Measured opset() {
    return Measured.measured("opset");
  }

  /** Version of another operator set, such as {@code ai.onnx.ml}. */
  public static Measured opset(String domain) {
    return Measured.measured("opset", domain);
  }

  /** Version of the file format. */
  public static Measured irVersion() {
    return Measured.measured("ir version");
  }

  /** Bytes of the file and of its external data. */
  public static Measured size() {
    return Measured.measured("size");
  }

  /** Hash of the file, without external data, in lower-case hexadecimal. */
  public static Measured sha256() {
    return Measured.measured("sha256");
  }

  /** The tool that wrote the file. */
  public static Measured producer() {
    return Measured.measured("producer");
  }

  public static Measured producerVersion() {
    return Measured.measured("producer version");
  }

  public static Measured description() {
    return Measured.measured("description");
  }

  /** An entry of the model's metadata. */
  public static Measured metadata(String key) {
    return Measured.measured("metadata", key);
  }

  /** Names of the inputs that must be fed, in the order of the graph, comma-separated. */
  public static Measured inputs() {
    return Measured.measured("inputs");
  }

  /** Names of the outputs, in the order of the graph, comma-separated. */
  public static Measured outputs() {
    return Measured.measured("outputs");
  }

  /** Type of an input or of an initializer that can be fed: {@code float32[batch, 10]}. */
  public static Measured input(String name) {
    return Measured.measured("input", name);
  }

  /** Type of an output: {@code float32[batch, 10]}. */
  public static Measured output(String name) {
    return Measured.measured("output", name);
  }

  /**
   * The operators that the model uses, comma-separated; those of other domains than ONNX's are
   * written {@code com.microsoft::FusedConv}.
   */
  public static Measured operators() {
    return Measured.measured("operators");
  }

  /**
   * How many nodes of an operator there are, in subgraphs and functions too; 0 if none. Written as
   * in {@link #operators}.
   */
  public static Measured operator(String name) {
    return Measured.measured("operator", name);
  }

  /** How many nodes there are, in subgraphs and functions too. */
  public static Measured nodes() {
    return Measured.measured("nodes");
  }

  /** Elements of all weights: initializers, and tensors in Constant nodes. */
  public static Measured parameters() {
    return Measured.measured("parameters");
  }

  /** Elements of the weights that are NaN or infinite; 0 is expected of every artifact check. */
  public static Measured nonFiniteWeights() {
    return Measured.measured("non-finite weights");
  }

  /** Files with weights that do not lie beside the model; 0 is expected of every check. */
  public static Measured missingExternalData() {
    return Measured.measured("missing external data");
  }

  /** Whether the runtime loads the model: yes, which is expected of every check, or why not. */
  public static Measured loads() {
    return Measured.measured("loads");
  }
}
