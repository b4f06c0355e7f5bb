package org.modelvitals.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which suites run isolated because it was asked for from outside.
 *
 * @param trusted folders whose suites need no isolation
 */
record IsolationSetting(Mode mode, List<Path> trusted) {

  /** What {@code modelvitals.isolated} says. */
  enum Mode {
    /** Each suite and check says it itself. */
    DECLARED,
    /** All run isolated. */
    TRUE,
    /** None runs isolated. */
    FALSE,
    /** Suites from files outside the trusted folders run isolated; others as they say. */
    UNTRUSTED;

    static Mode parse(String text) {
      return Arrays.stream(values())
          .filter(mode -> mode.name().equals(text.toUpperCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "it can be true, false, untrusted, or declared in the suites"));
    }
  }

  /**
   * The setting.
   *
   * @param folders with commas between them, or {@code none}; the working directory if it is not
   *     said
   */
  static IsolationSetting of(Optional<Mode> mode, Optional<String> folders) {
    return new IsolationSetting(
        mode.orElse(Mode.DECLARED),
        Arrays.stream(folders.orElse("").split(",", -1))
            .map(String::strip)
            .filter(folder -> !folder.equals("none"))
            .map(folder -> real(Path.of(folder)))
            .toList());
  }

  /**
   * Whether a suite runs isolated; empty if it says so itself.
   *
   * @param file that declares it; empty for a class, which is code that runs here anyway
   */
  Optional<Boolean> of(Optional<Path> file) {
    return switch (mode) {
      case DECLARED -> Optional.empty();
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      case UNTRUSTED ->
          file.map(IsolationSetting::real)
              .filter(path -> trusted.stream().noneMatch(path::startsWith))
              .map(path -> true);
    };
  }

  /** Through links, lest one leads out of a trusted folder. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
