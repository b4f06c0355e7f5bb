package org.modelvitals.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.modelvitals.model.ModelException;

/**
 * The files of an encoder-decoder pair, by the names that Optimum gives them ({@code
 * encoder_model.onnx}, {@code decoder_model_merged.onnx}, or {@code decoder_model.onnx} and {@code
 * decoder_with_past_model.onnx}), all with the same ending for their precision.
 *
 * @param later the decoder for the calls after the first, if it is another file
 */
record PairFiles(Path encoder, Path decoder, Optional<Path> later) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:encoder_model|decoder_model_merged|decoder_with_past_model|decoder_model|encoder|decoder)"
              + "(?<ending>(?:_\\w+)?)\\.onnx");

  /** By its name, and because an encoder is beside it: causal models are called decoders too. */
  static boolean isPart(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() && encoder(file, name.group("ending")).isPresent();
  }

  private static Optional<Path> encoder(Path file, String ending) {
    return first(file, ending, "encoder_model", "encoder");
  }

  /**
   * The pair that a file belongs to.
   *
   * @throws ModelException if there is none
   */
  static PairFiles of(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      throw missing(file, "is not called so");
    }
    String ending = name.group("ending");
    Optional<Path> encoder = encoder(file, ending);
    Optional<Path> merged = first(file, ending, "decoder_model_merged");
    Optional<Path> decoder = merged.or(() -> first(file, ending, "decoder_model", "decoder"));
    if (encoder.isEmpty() || decoder.isEmpty()) {
      throw missing(
          file, "has no %s beside it".formatted(encoder.isEmpty() ? "encoder" : "decoder"));
    }
    return new PairFiles(
        encoder.get(),
        decoder.get(),
        merged.isPresent() ? Optional.empty() : first(file, ending, "decoder_with_past_model"));
  }

  private static Optional<Path> first(Path file, String ending, String... names) {
    return List.of(names).stream()
        .map(name -> file.resolveSibling(name + ending + ".onnx"))
        .filter(Files::exists)
        .findFirst();
  }

  private static ModelException missing(Path file, String what) {
    return new ModelException(
        ModelException.Reason.BAD_INPUT,
        ("%s is not a file of an encoder-decoder pair: it %s; expected are encoder_model.onnx and"
                + " decoder_model_merged.onnx, or decoder_model.onnx and"
                + " decoder_with_past_model.onnx, in one folder")
            .formatted(file, what));
  }
}
