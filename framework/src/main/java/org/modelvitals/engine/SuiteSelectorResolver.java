package org.modelvitals.engine;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
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
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.modelvitals.run.Base;
import org.modelvitals.suite.SuiteClass;
import org.modelvitals.text.Nearest;

/**
 * Finds suites by class, field, file, folder, resource, URI and unique id. Every selector becomes
 * unique ids, and only those become nodes. Reads declarations and nothing else: no model and no
 * dataset is opened here, for discovery happens more than once in a run.
 */
final class SuiteSelectorResolver implements SelectorResolver {
  private static final String CLASS = "class";
  private static final String FILE = "file";
  private static final String RESOURCE = "resource";
  private static final String MODEL = "model";
  private static final String CHECK = "check";

  private final UniqueId engine;
  private final Predicate<String> classNameFilter;
  private final Discovery discovery;
  private final ClassSuites classes;
  private final FileSuites files;

  SuiteSelectorResolver(UniqueId engine, Predicate<String> classNameFilter, Discovery discovery) {
    this.engine = engine;
    this.classNameFilter = classNameFilter;
    this.discovery = discovery;
    this.classes = new ClassSuites(discovery);
    this.files = new FileSuites(discovery);
  }

  // Unique ids

  @Override
  public Resolution resolve(UniqueIdSelector selector, Context context) {
    UniqueId id = selector.getUniqueId();
    if (id.getSegments().size() < 2) {
      return Resolution.unresolved();
    }
    UniqueId.Segment last = id.getLastSegment();
    Optional<? extends TestDescriptor> node =
        switch (last.getType()) {
          case CLASS -> ofClass(id, last.getValue(), context);
          case FILE -> ofFile(id, Path.of(last.getValue()).toAbsolutePath().normalize(), context);
          case RESOURCE -> ofResource(id, last.getValue(), context);
          case MODEL -> ofModel(id, last.getValue(), context);
          case CHECK -> check(id, last.getValue(), context);
          default -> Optional.empty();
        };
    return node.map(found -> Resolution.match(Match.exact(found, () -> children(found))))
        .orElseGet(Resolution::unresolved);
  }

  private Optional<SuiteNode> ofClass(UniqueId id, String name, Context context) {
    Optional<Class<?>> type = load(name).filter(SuiteClass::isSuite);
    return type.isEmpty()
        ? Optional.empty()
        : context.addToParent(parent -> Optional.of(classes.node(id, type.get())));
  }

  private Optional<SuiteNode> ofFile(UniqueId id, Path file, Context context) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return id.removeLastSegment().equals(engine)
        ? context.addToParent(parent -> Optional.of(files.node(id, file, parent)))
        : context.addToParent(
            () -> DiscoverySelectors.selectUniqueId(id.removeLastSegment()),
            parent -> Optional.of(files.node(id, file, parent)));
  }

  private Optional<SuiteNode> ofResource(UniqueId id, String name, Context context) {
    URL url = Base.classLoader().getResource(name);
    if (url == null) {
      return Optional.empty();
    }
    return id.removeLastSegment().equals(engine)
        ? context.addToParent(parent -> Optional.of(files.node(id, Base.file(url), name, parent)))
        : context.addToParent(
            () -> DiscoverySelectors.selectUniqueId(id.removeLastSegment()),
            parent -> Optional.of(files.node(id, Base.file(url), name, parent)));
  }

  private static Optional<SuiteNode> ofModel(UniqueId id, String name, Context context) {
    return context.addToParent(
        () -> DiscoverySelectors.selectUniqueId(id.removeLastSegment()),
        parent -> parent instanceof SuiteNode suites ? suites.model(id, name) : Optional.empty());
  }

  private static Optional<CheckNode> check(UniqueId id, String name, Context context) {
    return context.addToParent(
        () -> DiscoverySelectors.selectUniqueId(id.removeLastSegment()),
        parent -> parent instanceof SuiteNode suite ? suite.check(id, name) : Optional.empty());
  }

  private static Set<DiscoverySelector> children(TestDescriptor node) {
    return node instanceof SuiteNode suite
        ? ids(
            Stream.concat(
                suite.checkNames().stream().map(name -> node.getUniqueId().append(CHECK, name)),
                Stream.concat(
                    suite.modelNames().stream().map(name -> node.getUniqueId().append(MODEL, name)),
                    suite.files().stream().map(file -> suiteOf(node.getUniqueId(), file)))))
        : Set.of();
  }

  private static UniqueId suiteOf(UniqueId parent, String file) {
    return file.startsWith(FileSuites.CLASSPATH)
        ? parent.append(RESOURCE, file.substring(FileSuites.CLASSPATH.length()))
        : parent.append(FILE, file);
  }

  private static Set<DiscoverySelector> ids(Stream<UniqueId> ids) {
    Set<DiscoverySelector> selectors = new LinkedHashSet<>();
    ids.map(DiscoverySelectors::selectUniqueId).forEach(selectors::add);
    return selectors;
  }

  private static Resolution id(UniqueId id) {
    return Resolution.selectors(ids(Stream.of(id)));
  }

  // Classes and their fields

  /** A class, and with it the suites that are nested in it. */
  @Override
  public Resolution resolve(ClassSelector selector, Context context) {
    withNested(selector.getJavaClass())
        .filter(type -> classNameFilter.test(type.getName()))
        .forEach(type -> SuiteClass.doubt(type).ifPresent(doubt -> discovery.doubt(doubt, type)));
    Set<DiscoverySelector> suites =
        ids(
            withNested(selector.getJavaClass())
                .filter(type -> SuiteClass.isSuite(type) && classNameFilter.test(type.getName()))
                .map(type -> engine.append(CLASS, type.getName())));
    return suites.isEmpty() ? Resolution.unresolved() : Resolution.selectors(suites);
  }

  private static Stream<Class<?>> withNested(Class<?> type) {
    Class<?>[] nested;
    try {
      nested = type.getDeclaredClasses();
    } catch (LinkageError e) {
      nested = new Class<?>[0]; // other engines' classes may lack what they need
    }
    return Stream.concat(
        Stream.of(type), Arrays.stream(nested).flatMap(SuiteSelectorResolver::withNested));
  }

  @Override
  public Resolution resolve(MethodSelector selector, Context context) {
    return isCheck(selector.getClassName(), selector.getMethodName())
        ? field(selector.getClassName(), selector.getMethodName())
        : Resolution.unresolved();
  }

  @Override
  public Resolution resolve(DiscoverySelector selector, Context context) {
    if (!(selector instanceof FieldSelector field)) {
      return Resolution.unresolved();
    }
    if (!isCheck(field.getClassName(), field.getFieldName())) {
      discovery.report(DiscoveryIssue.Severity.ERROR, missing(field));
      return Resolution.unresolved();
    }
    return field(field.getClassName(), field.getFieldName());
  }

  private Resolution field(String className, String fieldName) {
    return id(engine.append(CLASS, className).append(CHECK, fieldName));
  }

  /** A class may have tests of other engines beside its checks; those are none of our business. */
  private static boolean isCheck(String className, String fieldName) {
    return load(className)
        .filter(SuiteClass::isSuite)
        .filter(type -> SuiteClass.checkNames(type).contains(fieldName))
        .isPresent();
  }

  private static String missing(FieldSelector field) {
    Optional<Class<?>> type = load(field.getClassName()).filter(SuiteClass::isSuite);
    if (type.isEmpty()) {
      return "there is no class %s with @HealthSuite".formatted(field.getClassName());
    }
    return "%s has no check '%s'%s"
        .formatted(
            field.getClassName(),
            field.getFieldName(),
            Nearest.to(field.getFieldName(), SuiteClass.checkNames(type.get()))
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(""));
  }

  private static Optional<Class<?>> load(String name) {
    return ReflectionSupport.tryToLoadClass(name).toOptional().map(type -> (Class<?>) type);
  }

  // Files

  @Override
  public Resolution resolve(FileSelector selector, Context context) {
    return file(selector.getPath(), selector.getPosition());
  }

  private Resolution file(Path written, Optional<FilePosition> position) {
    Path path = written.toAbsolutePath().normalize();
    if (!FileSuites.isSuite(path)) {
      return Resolution.unresolved();
    }
    if (!Files.isRegularFile(path)) {
      discovery.report(DiscoveryIssue.Severity.ERROR, FileSuites.missing(path));
      return Resolution.unresolved();
    }
    return id(at(engine.append(FILE, FileSuites.shown(path)), path, position));
  }

  /** A line selects the check that stands there; a line above all checks selects them all. */
  private UniqueId at(UniqueId suite, Path file, Optional<FilePosition> position) {
    return position
        .flatMap(place -> files.checkAt(file, place.getLine()))
        .map(check -> suite.append(CHECK, check))
        .orElse(suite);
  }

  @Override
  public Resolution resolve(DirectorySelector selector, Context context) {
    Path folder = selector.getPath().toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      return Resolution.unresolved();
    }
    Set<DiscoverySelector> suites =
        ids(FileSuites.below(folder).stream().map(f -> engine.append(FILE, FileSuites.shown(f))));
    return suites.isEmpty() ? Resolution.unresolved() : Resolution.selectors(suites);
  }

  @Override
  public Resolution resolve(ClasspathResourceSelector selector, Context context) {
    return resource(selector.getClasspathResourceName(), selector.getPosition());
  }

  private Resolution resource(String written, Optional<FilePosition> position) {
    String name = written.startsWith("/") ? written.substring(1) : written;
    if (!name.endsWith(FileSuites.SUFFIX)) {
      return Resolution.unresolved();
    }
    URL url = Base.classLoader().getResource(name);
    if (url == null) {
      return Resolution.unresolved();
    }
    Path file = Base.file(url);
    return "file".equals(url.getProtocol())
        ? file(file, position)
        : id(at(engine.append(RESOURCE, name), file, position));
  }

  @Override
  public Resolution resolve(UriSelector selector, Context context) {
    URI uri = selector.getUri();
    Optional<FilePosition> position = FilePosition.fromQuery(uri.getQuery());
    if ("classpath".equals(uri.getScheme())) {
      String path = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
      return resource(path, position);
    }
    if (!"file".equals(uri.getScheme())) {
      return Resolution.unresolved();
    }
    try {
      Path path = new File(uri.getPath()).toPath();
      return Files.isDirectory(path)
          ? Resolution.selectors(Set.of(DiscoverySelectors.selectDirectory(path.toFile())))
          : file(path, position);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Resolution.unresolved();
    }
  }
}
