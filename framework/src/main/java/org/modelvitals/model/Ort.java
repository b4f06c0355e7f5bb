package org.modelvitals.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runtime's environment, and its exceptions in sentences. */
final class Ort {
  /** {@code ai.onnx.preview.training:Gradient(-1) is not a registered function/op}. */
  private static final Pattern UNREGISTERED =
      Pattern.compile(
          "(?<domain>[\\w.]*):(?<operator>\\w+)\\(-?\\d+\\) is not a registered function/op");

  /** {@code In Node, ("name", Quant, "domain", -1) : … Error No opset import for domain}. */
  private static final Pattern UNKNOWN_DOMAIN =
      Pattern.compile(
          "In Node, \\(\"[^\"]*\", (?<operator>\\w+), \"(?<domain>[^\"]*)\", -?\\d+\\).*"
              + "(?:No opset import|No Op registered)");

  private static final Pattern NEWER_OPSET =
      Pattern.compile(
          "opset (\\d+) is under development|up till opset (\\d+)", Pattern.CASE_INSENSITIVE);

  private static volatile boolean safe;

  /** What the runtime puts around its message and what nobody outside it can use. */
  private static final Pattern NOISE =
      Pattern.compile(
          "^Error code - \\w+ - message: |Load model from .*? failed: ?|This is an invalid model\\. "
              + "|Exception during initialization: |\\[ShapeInferenceError\\] |Fatal error: "
              + "|/onnxruntime_src/\\S+:\\d+ .*?\\)(?:::<lambda\\(\\)>)? (?=\\[|[A-Z])"
              + "|\\w+\\.(?:cc|h):\\d+ \\w+ |.* was false\\. (?=\\S)");

  private Ort() {}

  /** Failures are reported through exceptions; what the native side writes beside them is noise. */
  static OrtEnvironment environment() {
    if (!safe) {
      NativeStart.requireSafe();
      safe = true;
    }
    return Environment.INSTANCE;
  }

  /**
   * The native library's own version once it is loaded. Until then that of the jar: unpacking and
   * loading the library takes a fifth of a second, and a run that used no model needs none of it.
   */
  static String version() {
    String ofJar = OrtEnvironment.class.getPackage().getImplementationVersion();
    return safe || ofJar == null ? environment().getVersion() : ofJar;
  }

  private static final class Environment {
    private static final OrtEnvironment INSTANCE =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "model-vitals");
  }

  /** Why a model could not be loaded. */
  static ModelException loading(Path path, OrtException e) {
    String message = text(e);
    String lower = message.toLowerCase(Locale.ROOT);
    if (e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_PROTOBUF) {
      return invalid(path, "is not a valid ONNX file, it may be truncated or damaged", message, e);
    }
    if (e.getCode() == OrtException.OrtErrorCode.ORT_NOT_IMPLEMENTED) {
      return new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "%s needs something that this runtime does not implement: %s".formatted(path, message),
          e);
    }
    if (lower.contains("locale")) {
      return new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "%s needs a locale that this machine does not have: %s".formatted(path, message),
          e);
    }
    Matcher operator = UNREGISTERED.matcher(message);
    boolean unknown = operator.find();
    if (!unknown) {
      operator = UNKNOWN_DOMAIN.matcher(message);
      unknown = operator.find();
    }
    if (unknown) {
      return unknownOperator(path, operator, message, e);
    }
    Matcher opset = NEWER_OPSET.matcher(message);
    if (opset.find()) {
      return invalid(path, "needs a newer opset than this runtime supports", message, e);
    }
    if (lower.contains("external data") || lower.contains("external initializer")) {
      return invalid(path, "needs a file with external data that is not there", message, e);
    }
    return invalid(path, "cannot be loaded", message, e);
  }

  /**
   * An operator of ONNX's own domains that the runtime does not have is a lack of the runtime; one
   * of another domain is a lack of the model, which cannot be served so.
   */
  private static ModelException unknownOperator(
      Path path, Matcher operator, String message, OrtException e) {
    String domain = operator.group("domain");
    if (domain.isEmpty() || domain.startsWith("ai.onnx")) {
      return new ModelException(
          ModelException.Reason.NOT_IMPLEMENTED,
          "%s uses the operator '%s', which this runtime does not implement in the version that the model imports: %s"
              .formatted(path, operator.group("operator"), message),
          e);
    }
    return invalid(
        path,
        "uses the operator '%s' of the domain '%s', which this runtime does not know; export the model without custom operators"
            .formatted(operator.group("operator"), domain),
        message,
        e);
  }

  private static ModelException invalid(Path path, String what, String message, OrtException e) {
    return new ModelException(
        ModelException.Reason.INVALID_MODEL, "%s %s: %s".formatted(path, what, message), e);
  }

  /** Why a call failed. */
  static ModelException running(Path path, OrtException e) {
    String message = text(e);
    if (message.contains("Exiting due to terminate flag")) {
      return new ModelException(
          ModelException.Reason.CANCELLED, "the call of %s was stopped".formatted(path), e);
    }
    ModelException.Reason reason =
        switch (e.getCode()) {
          // Inputs were accepted when a node complains: then it is the model that fails.
          case ORT_INVALID_ARGUMENT ->
              message.contains("returned while running")
                  ? ModelException.Reason.RUN_FAILED
                  : ModelException.Reason.BAD_INPUT;
          case ORT_NOT_IMPLEMENTED -> ModelException.Reason.NOT_IMPLEMENTED;
          default -> ModelException.Reason.RUN_FAILED;
        };
    String what =
        reason == ModelException.Reason.BAD_INPUT
            ? "does not take what it was fed"
            : "failed to run";
    return new ModelException(reason, "%s %s: %s".formatted(path, what, message), e);
  }

  static String text(OrtException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String line = message.strip().replaceAll("\\s+", " ");
    String said = NOISE.matcher(line).replaceAll("").strip();
    return said.isEmpty() ? line : said;
  }
}
