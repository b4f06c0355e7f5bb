package org.modelvitals.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.text.Nearest;

/**
 * What the paths of a suite are relative to: a folder, or a place on the class path for suites that
 * lie inside a jar. Paths that start with {@code classpath:} are always looked up on the class
 * path; what lies inside a jar is copied out once.
 *
 * @param resource the suite's own name on the class path; null if it lies in {@code folder}
 */
public record Base(Path folder, @Nullable String resource) {
  private static final String CLASSPATH = "classpath:";
  private static final ConcurrentHashMap<String, Path> COPIES = new ConcurrentHashMap<>();

  /** Maven sets it to the folder of the module. */
  public static Base workingDirectory() {
    return new Base(Path.of("").toAbsolutePath(), null);
  }

  /** The folder that {@code file} lies in. */
  public static Base beside(Path file) {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    return new Base(parent == null ? absolute : parent, null);
  }

  /**
   * The path, whether or not something lies there.
   *
   * @throws ProbeException if it is no path, or a resource that does not exist
   */
  public Path locate(String written) {
    try {
      if (written.startsWith(CLASSPATH)) {
        return onClassPath(written.substring(CLASSPATH.length()));
      }
      return resource == null || Path.of(written).isAbsolute()
          ? folder.resolve(written).normalize()
          : onClassPath(URI.create(resource).resolve(written).normalize().getPath());
    } catch (InvalidPathException e) {
      throw new ProbeException("'%s' is not a path: %s".formatted(written, e.getReason()), e);
    } catch (IllegalArgumentException e) {
      throw new ProbeException("'%s' is not a path: %s".formatted(written, e.getMessage()), e);
    }
  }

  /**
   * The path of something that exists.
   *
   * @throws ProbeException with the nearest name that does
   */
  public Path resolve(String written) {
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

  private static Path onClassPath(String name) {
    URL url = classLoader().getResource(name);
    if (url == null) {
      throw new ProbeException("there is no '%s' on the class path".formatted(name));
    }
    return file(url);
  }

  /** The class loader that sees the user's suites. */
  public static ClassLoader classLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Base.class.getClassLoader() : context;
  }

  /** The file behind a class path URL; a copy of it if it lies inside a jar. */
  public static Path file(URL url) {
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
      throw new ProbeException("'%s' cannot be read: %s".formatted(url, e), e);
    }
  }
}
