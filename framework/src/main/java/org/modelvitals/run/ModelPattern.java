package org.modelvitals.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.modelvitals.probe.ProbeException;

/**
 * A model's path that stands for several: a folder, searched for {@code *.onnx} and {@code *.ort},
 * or a glob pattern as {@link java.nio.file.FileSystem#getPathMatcher} has them.
 *
 * @param folder where the models lie, at any depth
 * @param glob of the whole path
 */
public record ModelPattern(Path folder, String glob) {
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");
  private static final String MODELS = "**.{onnx,ort}";

  /** The pattern; empty if {@code written} names one file, whether or not it exists. */
  public static Optional<ModelPattern> of(String written, Base base) {
    boolean wild = WILD.matcher(written).find();
    int slash = wild ? written.lastIndexOf('/', start(written)) : -1;
    String fixed = !wild ? written : slash < 0 ? "." : written.substring(0, slash + 1);
    Path folder = base.locate(fixed);
    if (!wild) {
      return Files.isDirectory(folder)
          ? Optional.of(new ModelPattern(folder, MODELS))
          : Optional.empty();
    }
    return isFile(written, base)
        ? Optional.empty()
        : Optional.of(new ModelPattern(folder, written.substring(slash + 1)));
  }

  private static int start(String written) {
    return WILD.splitAsStream(written).findFirst().orElse("").length();
  }

  /** A file may have brackets in its name. */
  private static boolean isFile(String written, Base base) {
    try {
      return Files.isRegularFile(base.locate(written));
    } catch (ProbeException e) {
      return false;
    }
  }

  /**
   * The models, in the order of their paths.
   *
   * @throws ProbeException if the pattern is none, or the folder cannot be read
   */
  public List<Path> models() {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new ProbeException(
          "'%s' is no glob pattern: %s".formatted(glob, e.getDescription()), e);
    }
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> matcher.matches(folder.relativize(file)) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ProbeException("the folder '%s' cannot be read: %s".formatted(folder, e), e);
    }
  }

  /** What a model of the pattern is called: its path below the folder. */
  public String name(Path model) {
    return folder.relativize(model).toString().replace(File.separatorChar, '/');
  }
}
