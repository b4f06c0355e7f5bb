package org.modelvitals.engine;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.ClasspathResourceSelector;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.FilePosition;
import org.junit.platform.engine.discovery.FileSelector;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.discovery.UriSelector;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.probe.ProbeType.Demand;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.SuiteClass;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.yaml.SuiteProblems;
import org.modelvitals.yaml.SuiteYaml;

/**
 * Finds suites by class, field, file, folder, resource, URI and unique id. Reads declarations and
 * nothing else: no model and no dataset is opened here, for discovery happens more than once in a
 * run.
 */
final class SuiteSelectorResolver implements SelectorResolver {
  static final String SUFFIX = ".vitals.yaml";

  private static final String CLASS_SEGMENT = "class";
  private static final String FILE_SEGMENT = "file";
  private static final String CHECK_SEGMENT = "check";

  private final Settings settings;
  private final Predicate<String> classNameFilter;
  private final DiscoveryIssueReporter issues;
  private final ProbeRegistry registry = registry();

  SuiteSelectorResolver(
      Settings settings, Predicate<String> classNameFilter, DiscoveryIssueReporter issues) {
    this.settings = settings;
    this.classNameFilter = classNameFilter;
    this.issues = issues;
  }

  static boolean isSuite(Class<?> candidate) {
    return SuiteClass.isSuite(candidate);
  }

  static ProbeRegistry registry() {
    return ProbeRegistry.load(loader());
  }

  static <T> List<T> services(Class<T> service) {
    return ServiceLoader.load(service, loader()).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? ModelVitalsEngine.class.getClassLoader() : context;
  }

  // Classes and their fields

  @Override
  public Resolution resolve(ClassSelector selector, Context context) {
    Class<?> type = selector.getJavaClass();
    return isSuite(type) && classNameFilter.test(type.getName())
        ? wholeClass(type, context)
        : Resolution.unresolved();
  }

  @Override
  public Resolution resolve(MethodSelector selector, Context context) {
    return field(selector.getClassName(), selector.getMethodName(), context);
  }

  @Override
  public Resolution resolve(DiscoverySelector selector, Context context) {
    return selector instanceof FieldSelector field
        ? field(field.getClassName(), field.getFieldName(), context)
        : Resolution.unresolved();
  }

  private Resolution field(String className, String fieldName, Context context) {
    return load(className)
        .filter(SuiteSelectorResolver::isSuite)
        .map(type -> checkOfClass(type, fieldName, context))
        .orElseGet(Resolution::unresolved);
  }

  private static Optional<Class<?>> load(String name) {
    return org.junit.platform.commons.support.ReflectionSupport.tryToLoadClass(name)
        .toOptional()
        .map(type -> (Class<?>) type);
  }

  private Resolution wholeClass(Class<?> type, Context context) {
    SuiteClass.Declaration declaration = SuiteClass.read(type);
    report(type, declaration);
    Optional<SuiteNode> added =
        context.addToParent(parent -> Optional.of(classNode(parent, type, declaration)));
    return added
        .map(
            node -> {
              addChecks(node, check -> true, declaration);
              return Resolution.match(
                  Match.exact(node, () -> yamlSelectors(type, node, declaration)));
            })
        .orElseGet(Resolution::unresolved);
  }

  private Resolution checkOfClass(Class<?> type, String fieldName, Context context) {
    SuiteClass.Declaration declaration = SuiteClass.read(type);
    Set<String> names =
        declaration.fields().entrySet().stream()
            .filter(entry -> entry.getValue().getName().equals(fieldName))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (names.isEmpty()) {
      return Resolution.unresolved();
    }
    return partial(
        context.addToParent(parent -> Optional.of(classNode(parent, type, declaration))),
        names,
        declaration);
  }

  private Resolution partial(
      Optional<SuiteNode> suite, Set<String> checks, SuiteClass.Declaration declaration) {
    return suite
        .map(
            node -> {
              addChecks(node, checks::contains, declaration);
              return matches(node, checks);
            })
        .orElseGet(Resolution::unresolved);
  }

  private static Resolution matches(SuiteNode node, Set<String> checks) {
    Set<Match> matches =
        node.getChildren().stream()
            .filter(
                child -> child instanceof CheckNode check && checks.contains(check.check().name()))
            .map(Match::exact)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return matches.isEmpty() ? Resolution.unresolved() : Resolution.matches(matches);
  }

  private SuiteNode classNode(
      TestDescriptor parent, Class<?> type, SuiteClass.Declaration declaration) {
    UniqueId id = parent.getUniqueId().append(CLASS_SEGMENT, type.getName());
    return existing(parent, id)
        .orElseGet(
            () ->
                new SuiteNode(
                    id,
                    declaration.suite().map(SuiteSpec::name).orElseGet(type::getSimpleName),
                    type.getName(),
                    ClassSource.from(type),
                    declaration
                        .suite()
                        .map(
                            spec ->
                                new SuiteNode.Suite(
                                    id.toString(), spec, Base.workingDirectory(), type.getName()))
                        .orElse(null)));
  }

  private void addChecks(
      SuiteNode node, Predicate<String> wanted, SuiteClass.Declaration declaration) {
    node.suite()
        .ifPresent(
            suite ->
                suite.spec().checks().stream()
                    .filter(check -> wanted.test(check.name()))
                    .forEach(
                        check -> {
                          Field field = declaration.fields().get(check.name());
                          addCheck(
                              node,
                              suite,
                              check,
                              field == null ? check.name() : field.getName(),
                              field == null
                                  ? node.getSource().orElseThrow()
                                  : fieldSource(field, node));
                        }));
  }

  private TestSource fieldSource(Field field, SuiteNode node) {
    return settings.methodSources() && node.getSource().orElseThrow() instanceof ClassSource type
        ? MethodSource.from(type.getClassName(), field.getName())
        : FieldSource.from(field);
  }

  private void addCheck(
      SuiteNode node, SuiteNode.Suite suite, CheckSpec check, String segment, TestSource source) {
    UniqueId id = node.getUniqueId().append(CHECK_SEGMENT, segment);
    boolean known = node.getChildren().stream().anyMatch(c -> c.getUniqueId().equals(id));
    if (known) {
      return;
    }
    Optional<? extends ProbeType<?>> type = registry.of(check.check().probe());
    if (type.isEmpty()) {
      issue(
          "the check '%s' of %s uses %s, for which no probe is registered"
              .formatted(
                  check.name(), suite.source(), check.check().probe().getClass().getSimpleName()),
          source);
      return;
    }
    boolean inFile = source instanceof FileSource;
    node.addChild(
        new CheckNode(
            id,
            suite,
            check,
            inFile ? suite.spec().name() + " > " + check.name() : segment,
            source,
            type.map(ProbeType::demand).orElse(Demand.SHARED)));
  }

  private void report(Class<?> type, SuiteClass.Declaration declaration) {
    declaration.problems().forEach(problem -> issue(problem.message(), ClassSource.from(type)));
    declaration
        .suite()
        .ifPresent(
            spec ->
                SuiteProblems.of(spec, registry)
                    .forEach(
                        problem ->
                            issue(
                                "%s in the check '%s' of %s"
                                    .formatted(problem.message(), problem.check(), type.getName()),
                                ClassSource.from(type))));
  }

  // Files

  private Set<DiscoverySelector> yamlSelectors(
      Class<?> type, SuiteNode node, SuiteClass.Declaration declaration) {
    Set<DiscoverySelector> selectors = new LinkedHashSet<>();
    for (String written : declaration.files()) {
      try {
        for (Path file : yamlFiles(Base.workingDirectory().resolve(written), type, written)) {
          selectors.add(new FileOfClass(node, file));
        }
      } catch (ProbeException e) {
        issue(
            "%s names '%s' in @HealthSuite, but %s"
                .formatted(type.getName(), written, e.getMessage()),
            ClassSource.from(type));
      }
    }
    selectors.forEach(selector -> addFile(node, ((FileOfClass) selector).file(), check -> true));
    return Set.of();
  }

  private record FileOfClass(SuiteNode node, Path file) implements DiscoverySelector {}

  private List<Path> yamlFiles(Path path, Class<?> type, String written) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = walk(path);
    if (files.isEmpty()) {
      issue(
          "%s names the folder '%s' in @HealthSuite, which has no file *%s"
              .formatted(type.getName(), written, SUFFIX),
          ClassSource.from(type));
    }
    return files;
  }

  private static List<Path> walk(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().endsWith(SUFFIX) && Files.isRegularFile(path))
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new ProbeException("the folder '%s' cannot be read: %s".formatted(folder, e), e);
    }
  }

  @Override
  public Resolution resolve(FileSelector selector, Context context) {
    Path path = selector.getPath().toAbsolutePath().normalize();
    return path.toString().endsWith(SUFFIX)
        ? file(path, selector.getPosition(), context)
        : Resolution.unresolved();
  }

  @Override
  public Resolution resolve(DirectorySelector selector, Context context) {
    List<Path> files = walk(selector.getPath().toAbsolutePath().normalize());
    return files.isEmpty()
        ? Resolution.unresolved()
        : Resolution.selectors(
            files.stream()
                .map(path -> DiscoverySelectors.selectFile(path.toFile()))
                .collect(Collectors.toCollection(() -> new LinkedHashSet<DiscoverySelector>())));
  }

  @Override
  public Resolution resolve(ClasspathResourceSelector selector, Context context) {
    String name = selector.getClasspathResourceName();
    if (!name.endsWith(SUFFIX)) {
      return Resolution.unresolved();
    }
    URL url = loader().getResource(name.startsWith("/") ? name.substring(1) : name);
    if (url == null) {
      return Resolution.unresolved();
    }
    return file(Base.file(url), selector.getPosition(), context);
  }

  @Override
  public Resolution resolve(UriSelector selector, Context context) {
    URI uri = selector.getUri();
    if (!"file".equals(uri.getScheme())) {
      return Resolution.unresolved();
    }
    Optional<FilePosition> position = FilePosition.fromQuery(uri.getQuery());
    Path path = Path.of(uri.getPath()).toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      return Resolution.selectors(Set.of(DiscoverySelectors.selectDirectory(path.toFile())));
    }
    return path.toString().endsWith(SUFFIX)
        ? file(path, position, context)
        : Resolution.unresolved();
  }

  private Resolution file(Path path, Optional<FilePosition> position, Context context) {
    Optional<SuiteNode> added =
        context.addToParent(parent -> Optional.of(fileNode(parent, path, check -> true, position)));
    return added.map(Match::exact).map(Resolution::match).orElseGet(Resolution::unresolved);
  }

  private void addFile(TestDescriptor parent, Path path, Predicate<String> wanted) {
    SuiteNode node = fileNode(parent, path, wanted, Optional.empty());
    if (node.getParent().isEmpty()) {
      parent.addChild(node);
    }
  }

  private SuiteNode fileNode(
      TestDescriptor parent, Path path, Predicate<String> wanted, Optional<FilePosition> position) {
    String shown = shown(path);
    UniqueId id = parent.getUniqueId().append(FILE_SEGMENT, shown);
    SuiteYaml.Result read = SuiteYaml.read(path, registry);
    read.problems()
        .forEach(
            problem ->
                issue(
                    problem.toString(),
                    FileSource.from(path.toFile(), at(problem.line(), problem.column()))));
    SuiteNode node =
        existing(parent, id)
            .orElseGet(
                () ->
                    new SuiteNode(
                        id,
                        read.suite().map(SuiteSpec::name).orElse(shown),
                        shown,
                        FileSource.from(path.toFile()),
                        read.suite()
                            .map(
                                spec ->
                                    new SuiteNode.Suite(
                                        id.toString(), spec, new Base(folder(path)), shown))
                            .orElse(null)));
    Optional<String> atPosition = position.flatMap(place -> read.checkAt(place.getLine()));
    node.suite()
        .ifPresent(
            suite ->
                suite.spec().checks().stream()
                    .filter(check -> wanted.test(check.name()))
                    .filter(check -> atPosition.isEmpty() || atPosition.get().equals(check.name()))
                    .forEach(
                        check ->
                            addCheck(
                                node,
                                suite,
                                check,
                                check.name(),
                                FileSource.from(path.toFile(), at(read.line(check.name()), 1)))));
    return node;
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath().getRoot() : parent;
  }

  private static org.junit.platform.engine.support.descriptor.FilePosition at(
      int line, int column) {
    return org.junit.platform.engine.support.descriptor.FilePosition.from(
        Math.max(1, line), Math.max(1, column));
  }

  /** Relative to the working directory where it lies inside: unique ids are the same everywhere. */
  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    String shown =
        absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    return shown.replace(File.separatorChar, '/');
  }

  private static Optional<SuiteNode> existing(TestDescriptor parent, UniqueId id) {
    return parent.getChildren().stream()
        .filter(child -> child.getUniqueId().equals(id))
        .map(SuiteNode.class::cast)
        .findFirst()
        .map(node -> node);
  }

  // Unique ids

  @Override
  public Resolution resolve(UniqueIdSelector selector, Context context) {
    List<UniqueId.Segment> segments = new ArrayList<>(selector.getUniqueId().getSegments());
    if (segments.size() < 2) {
      return Resolution.unresolved();
    }
    UniqueId.Segment first = segments.get(1);
    return switch (first.getType()) {
      case CLASS_SEGMENT -> byClassId(first.getValue(), segments, context);
      case FILE_SEGMENT -> byFileId(first.getValue(), segments, context);
      default -> Resolution.unresolved();
    };
  }

  private Resolution byClassId(String className, List<UniqueId.Segment> segments, Context context) {
    Optional<Class<?>> type = load(className).filter(SuiteSelectorResolver::isSuite);
    if (type.isEmpty()) {
      return Resolution.unresolved();
    }
    if (segments.size() == 2) {
      return wholeClass(type.get(), context);
    }
    UniqueId.Segment second = segments.get(2);
    if (second.getType().equals(CHECK_SEGMENT)) {
      return checkOfClass(type.get(), second.getValue(), context);
    }
    SuiteClass.Declaration declaration = SuiteClass.read(type.get());
    Set<String> checks = checks(segments, 3);
    return context
        .<SuiteNode>addToParent(parent -> Optional.of(classNode(parent, type.get(), declaration)))
        .map(
            node -> {
              addFile(
                  node,
                  Path.of(second.getValue()).toAbsolutePath(),
                  check -> checks.isEmpty() || checks.contains(check));
              return node.getChildren().stream()
                  .filter(SuiteNode.class::isInstance)
                  .map(SuiteNode.class::cast)
                  .filter(child -> child.getUniqueId().getLastSegment().equals(second))
                  .findFirst()
                  .map(
                      child ->
                          checks.isEmpty()
                              ? Resolution.match(Match.exact(child))
                              : matches(child, checks))
                  .orElseGet(Resolution::unresolved);
            })
        .orElseGet(Resolution::unresolved);
  }

  private Resolution byFileId(String file, List<UniqueId.Segment> segments, Context context) {
    Set<String> checks = checks(segments, 2);
    return context
        .<SuiteNode>addToParent(
            parent ->
                Optional.of(
                    fileNode(
                        parent,
                        Path.of(file).toAbsolutePath(),
                        check -> checks.isEmpty() || checks.contains(check),
                        Optional.empty())))
        .map(node -> checks.isEmpty() ? Resolution.match(Match.exact(node)) : matches(node, checks))
        .orElseGet(Resolution::unresolved);
  }

  private static Set<String> checks(List<UniqueId.Segment> segments, int from) {
    return segments.size() > from ? Set.of(segments.get(from).getValue()) : Set.of();
  }

  private void issue(String message, TestSource source) {
    issues.reportIssue(
        DiscoveryIssue.builder(DiscoveryIssue.Severity.ERROR, message).source(source));
  }
}
