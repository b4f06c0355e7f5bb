package org.modelvitals.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.verdict.Nearest;

/**
 * What the paths of a suite are relative to: a folder. Paths that start with {@code classpath:} are
 * looked up on the class path; what lies inside a jar is copied out once.
 */
record Base(Path folder) {
  private static final String CLASSPATH = "classpath:";
  private static final ConcurrentHashMap<String, Path> COPIES = new ConcurrentHashMap<>();

  static Base workingDirectory() {
    return new Base(Path.of("").toAbsolutePath());
  }

  /** The path, whether or not something lies there. */
  Path locate(String written) {
    try {
      return written.startsWith(CLASSPATH)
          ? resource(written.substring(CLASSPATH.length()))
          : folder.resolve(written).normalize();
    } catch (InvalidPathException e) {
      throw new ProbeException("'%s' is not a path: %s".formatted(written, e.getReason()), e);
    }
  }

  /** The path of something that exists; otherwise a sentence with the nearest name. */
  Path resolve(String written) {
    Path path = locate(written);
    if (!Files.exists(path)) {
      throw new ProbeException(
          "there is no file '%s' (looked at %s)%s".formatted(written, path, nearest(path)));
    }
    return path;
  }

  private static String nearest(Path missing) {
    Path parent = missing.getParent();
    Path name = missing.getFileName();
    if (parent == null || name == null || !Files.isDirectory(parent)) {
      return parent == null ? "" : "; the folder does not exist either";
    }
    try (Stream<Path> beside = Files.list(parent)) {
      List<String> names =
          beside.map(Path::getFileName).filter(Objects::nonNull).map(Path::toString).toList();
      return Nearest.to(name.toString(), names).map(n -> "; did you mean '" + n + "'?").orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static Path resource(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    URL url =
        Optional.ofNullable(loader == null ? null : loader.getResource(name))
            .orElseThrow(
                () -> new ProbeException("there is no '%s' on the class path".formatted(name)));
    return file(url);
  }

  /** The file behind a class path URL; a copy of it if it lies inside a jar. */
  static Path file(URL url) {
    try {
      URI uri = url.toURI();
      return "file".equals(uri.getScheme())
          ? Path.of(uri)
          : COPIES.computeIfAbsent(url.toExternalForm(), key -> copy(url));
    } catch (URISyntaxException e) {
      throw new ProbeException("'%s' is not a file".formatted(url), e);
    }
  }

  private static Path copy(URL url) {
    try (InputStream in = url.openStream()) {
      String path = url.getPath();
      Path folder = Files.createTempDirectory("model-vitals-");
      Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
      Files.copy(in, file);
      // Deleted in reverse order of registration.
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + url, e);
    }
  }
}
