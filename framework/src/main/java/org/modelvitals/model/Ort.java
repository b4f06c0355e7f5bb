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
  private static final Pattern UNKNOWN_OPERATOR =
      Pattern.compile("([\\w.]*)[:(]*([\\w.]+)\\(?-?\\d*\\)? is not a registered function/op");
  private static final Pattern NEWER_OPSET =
      Pattern.compile("opset (\\d+) is under development|up till opset (\\d+)");

  private Ort() {}

  /** Failures are reported through exceptions; what the native side writes beside them is noise. */
  static OrtEnvironment environment() {
    return Environment.INSTANCE;
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
    Matcher operator = UNKNOWN_OPERATOR.matcher(message);
    if (operator.find()) {
      return invalid(
          path,
          "uses the operator '%s', which this runtime does not know; custom operators need their"
                  .formatted(operator.group(2))
              + " library",
          message,
          e);
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
          case ORT_INVALID_ARGUMENT -> ModelException.Reason.BAD_INPUT;
          case ORT_NOT_IMPLEMENTED -> ModelException.Reason.NOT_IMPLEMENTED;
          default -> ModelException.Reason.RUN_FAILED;
        };
    String what =
        reason == ModelException.Reason.BAD_INPUT
            ? "does not take what it was fed"
            : "failed to run";
    return new ModelException(reason, "%s %s: %s".formatted(path, what, message), e);
  }

  private static String text(OrtException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.strip().replaceAll("\\s+", " ");
  }
}
