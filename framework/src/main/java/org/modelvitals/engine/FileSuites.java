package org.modelvitals.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.ClasspathResourceSource;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.run.Base;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.text.Nearest;
import org.modelvitals.yaml.SuiteYaml;

/** Makes nodes of YAML suites. */
final class FileSuites {
  static final String SUFFIX = ".vitals.yaml";
  static final String CLASSPATH = "classpath:";

  private final Discovery discovery;
  private final Map<Path, SuiteYaml.Result> read = new HashMap<>();

  FileSuites(Discovery discovery) {
    this.discovery = discovery;
  }

  /** The node of a file, without children; what is wrong with the file is reported. */
  SuiteNode node(UniqueId id, Path file, TestDescriptor parent) {
    return node(
        id, file, shown(file), Base.beside(file), place -> at(file, place), namedBy(parent));
  }

  /** The class that names the file, where checks have to say that they are its methods. */
  private Optional<String> namedBy(TestDescriptor parent) {
    return parent
        .getSource()
        .filter(source -> discovery.settings().methodSources() && source instanceof ClassSource)
        .map(source -> ((ClassSource) source).getClassName());
  }

  /** The node of a suite that lies inside a jar. */
  SuiteNode node(UniqueId id, Path copy, String resource, TestDescriptor parent) {
    return node(
        id,
        copy,
        CLASSPATH + resource,
        new Base(Base.beside(copy).folder(), resource),
        place -> ClasspathResourceSource.from(resource, place),
        namedBy(parent));
  }

  /** What lies in a jar on the class path came with the code. */
  private static Optional<Path> outside(Path file, Base base) {
    return Optional.of(file).filter(path -> base.resource() == null);
  }

  private interface Sources {
    TestSource at(FilePosition place);
  }

  private SuiteNode node(
      UniqueId id, Path file, String shown, Base base, Sources sources, Optional<String> namedBy) {
    SuiteYaml.Result result = read(file);
    Path named = named(base, shown);
    for (SuiteYaml.Problem problem : result.problems()) {
      report(
          new SuiteYaml.Problem(named, problem.line(), problem.column(), problem.message()),
          sources);
    }
    TestSource top = sources.at(place(1, 1));
    result
        .suite()
        .ifPresent(
            spec ->
                Tags.problems(spec.tags())
                    .forEach(problem -> discovery.mistake(shown + ": " + problem, top)));
    Optional<Subjects> subjects =
        result
            .suite()
            .map(spec -> Subjects.of(spec, base, outside(file, base), discovery, shown, top));
    if (subjects.isPresent() && !subjects.get().several()) {
      SuiteSpec spec = Objects.requireNonNull(subjects.get().suites().get(""));
      return node(id, spec, shown, base, result, sources, namedBy);
    }
    Map<String, Function<UniqueId, SuiteNode>> models = new LinkedHashMap<>();
    subjects
        .map(Subjects::suites)
        .orElseGet(Map::of)
        .forEach(
            (name, spec) ->
                models.put(name, each -> node(each, spec, shown, base, result, sources, namedBy)));
    return new SuiteNode(
        id,
        result.suite().map(SuiteSpec::name).orElse(shown),
        shown,
        top,
        null,
        result.suite().map(SuiteSpec::tags).orElseGet(Set::of),
        Map.of(),
        List.of(),
        models);
  }

  private SuiteNode node(
      UniqueId id,
      SuiteSpec spec,
      String shown,
      Base base,
      SuiteYaml.Result result,
      Sources sources,
      Optional<String> namedBy) {
    Map<String, DeclaredCheck> checks = new LinkedHashMap<>();
    for (CheckSpec check : spec.checks()) {
      String name = spec.name() + " > " + check.name();
      TestSource source =
          namedBy.isPresent()
              ? MethodSource.from(namedBy.get(), name)
              : sources.at(place(result.line(check.name()), 1));
      Discovery.lacksBaseline(spec, check)
          .ifPresent(
              message ->
                  report(
                      new SuiteYaml.Problem(
                          named(base, shown), result.line(check.name()), 1, message),
                      sources));
      discovery
          .declared(check, source, name, shown)
          .ifPresent(declared -> checks.put(check.name(), declared));
    }
    return new SuiteNode(
        id,
        spec.name(),
        shown,
        sources.at(place(1, 1)),
        new RunnableSuite(id.toString(), spec, base, shown),
        spec.tags(),
        checks,
        List.of(),
        Map.of());
  }

  private static Path named(Base base, String shown) {
    return Path.of(base.resource() == null ? shown : base.resource());
  }

  private void report(SuiteYaml.Problem problem, Sources sources) {
    discovery.mistake(problem.toString(), sources.at(place(problem.line(), problem.column())));
  }

  /** The check that stands at a line. */
  Optional<String> checkAt(Path file, int line) {
    return read(file).checkAt(line);
  }

  private SuiteYaml.Result read(Path file) {
    return read.computeIfAbsent(file, path -> SuiteYaml.read(path, discovery.registry()));
  }

  private static FileSource at(Path file, FilePosition place) {
    return FileSource.from(file.toFile(), place);
  }

  private static FilePosition place(int line, int column) {
    return FilePosition.from(Math.max(1, line), Math.max(1, column));
  }

  /** The name of a suite that {@code written} finds on the class path, but not in a folder. */
  static Optional<String> insideJar(String written) {
    if (!written.startsWith(CLASSPATH)) {
      return Optional.empty();
    }
    String name = written.substring(CLASSPATH.length());
    URL url = Base.classLoader().getResource(name);
    return url == null || "file".equals(url.getProtocol()) || !name.endsWith(SUFFIX)
        ? Optional.empty()
        : Optional.of(name);
  }

  /** Suites below a folder, in the order of their paths. */
  static List<Path> below(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> isSuite(path) && Files.isRegularFile(path)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ProbeException("the folder '%s' cannot be read: %s".formatted(folder, e), e);
    }
  }

  /** Says that a file is not there, or that a link leads nowhere. */
  static String missing(Path file) {
    String found =
        Files.isSymbolicLink(file)
            ? "the link '%s' leads to no file"
            : Files.isDirectory(file) ? "'%s' is a folder, not a suite" : "there is no suite '%s'";
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return found.formatted(shown(file)) + "; the folder does not exist either";
    }
    try (Stream<Path> beside = Files.list(folder)) {
      return found.formatted(shown(file))
          + Nearest.to(
                  String.valueOf(file.getFileName()),
                  beside
                      .filter(Files::isRegularFile)
                      .map(path -> String.valueOf(path.getFileName()))
                      .filter(name -> name.endsWith(SUFFIX))
                      .toList())
              .map(near -> "; did you mean '" + near + "'?")
              .orElse("");
    } catch (IOException e) {
      return found.formatted(shown(file));
    }
  }

  static boolean isSuite(Path path) {
    return path.toString().endsWith(SUFFIX);
  }

  /** Relative to the working directory where it lies inside: unique ids are the same everywhere. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    String shown =
        absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    return shown.replace(File.separatorChar, '/');
  }
}
