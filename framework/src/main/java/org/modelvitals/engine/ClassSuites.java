package org.modelvitals.engine;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.run.Base;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.SuiteClass;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.yaml.SuiteProblems;

/** Makes nodes of classes with {@code @HealthSuite}. */
final class ClassSuites {
  private final Discovery discovery;

  ClassSuites(Discovery discovery) {
    this.discovery = discovery;
  }

  /** The node of a class, without children; what is wrong with the class is reported. */
  SuiteNode node(UniqueId id, Class<?> type) {
    SuiteClass.Declaration declaration = SuiteClass.read(type);
    ClassSource source = ClassSource.from(type);
    declaration
        .problems()
        .forEach(
            problem ->
                discovery.mistake(
                    problem.message(),
                    problem.field().isEmpty() ? source : source(type, problem.field(), null)));
    Optional<RunnableSuite> suite =
        declaration
            .suite()
            .map(
                spec ->
                    new RunnableSuite(
                        id.toString(),
                        discovery.settings().override(spec, Optional.empty()),
                        Base.workingDirectory(),
                        type.getName()));
    Tags.problems(declaration.tags())
        .forEach(problem -> discovery.mistake(type.getName() + ": " + problem, source));
    suite.ifPresent(runnable -> check(runnable.spec(), type, declaration.fields()));
    return new SuiteNode(
        id,
        suite.map(runnable -> runnable.spec().name()).orElseGet(type::getSimpleName),
        type.getName(),
        source,
        suite.orElse(null),
        declaration.tags(),
        suite
            .map(runnable -> checks(runnable.spec(), type, declaration.fields()))
            .orElseGet(Map::of),
        files(declaration.files(), type));
  }

  private void check(SuiteSpec spec, Class<?> type, Map<String, Field> fields) {
    SuiteProblems.of(spec, discovery.registry())
        .forEach(
            problem -> {
              Field field = fields.get(problem.check());
              discovery.mistake(
                  "%s in the check '%s' of %s"
                      .formatted(problem.message(), problem.check(), type.getName()),
                  field == null ? ClassSource.from(type) : source(type, field.getName(), field));
            });
  }

  private Map<String, DeclaredCheck> checks(
      SuiteSpec spec, Class<?> type, Map<String, Field> fields) {
    Map<String, DeclaredCheck> checks = new LinkedHashMap<>();
    for (CheckSpec check : spec.checks()) {
      Field field = fields.get(check.name());
      String name = field == null ? check.name() : field.getName();
      discovery
          .declared(check, source(type, name, field), name, type.getName())
          .ifPresent(declared -> checks.put(name, declared));
    }
    return checks;
  }

  private TestSource source(Class<?> type, String name, @Nullable Field field) {
    if (discovery.settings().methodSources()) {
      return MethodSource.from(type.getName(), name);
    }
    return field == null ? FieldSource.from(type.getName(), name) : FieldSource.from(field);
  }

  private List<String> files(List<String> written, Class<?> type) {
    List<String> files = new ArrayList<>();
    for (String path : written) {
      try {
        Optional<String> resource = FileSuites.insideJar(path);
        if (resource.isPresent()) {
          files.add("classpath:" + resource.get());
          continue;
        }
        Path found = Base.workingDirectory().resolve(path);
        List<Path> suites = Files.isDirectory(found) ? FileSuites.below(found) : List.of(found);
        if (suites.isEmpty()) {
          discovery.mistake(
              "%s names the folder '%s' in @HealthSuite, in which there is no file *%s"
                  .formatted(type.getName(), path, FileSuites.SUFFIX),
              ClassSource.from(type));
        }
        suites.forEach(suite -> files.add(FileSuites.shown(suite)));
      } catch (ProbeException e) {
        discovery.mistake(
            "%s names '%s' in @HealthSuite, but %s".formatted(type.getName(), path, e.getMessage()),
            ClassSource.from(type));
      }
    }
    return files.stream().distinct().toList();
  }
}
