package org.modelvitals.engine;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
    Tags.problems(declaration.tags())
        .forEach(problem -> discovery.mistake(type.getName() + ": " + problem, source));
    declaration.suite().ifPresent(spec -> check(spec, type, declaration.fields()));
    List<String> files = files(declaration.files(), type);
    Optional<Subjects> subjects =
        declaration
            .suite()
            .map(
                spec ->
                    Subjects.of(
                        spec,
                        Base.workingDirectory(),
                        Optional.empty(),
                        discovery,
                        type.getName(),
                        source));
    if (subjects.isEmpty() || subjects.get().several()) {
      Map<String, Function<UniqueId, SuiteNode>> models = new LinkedHashMap<>();
      subjects
          .map(Subjects::suites)
          .orElseGet(Map::of)
          .forEach(
              (name, spec) ->
                  models.put(
                      name, each -> node(each, spec, type, declaration, name + " > ", List.of())));
      return new SuiteNode(
          id,
          declaration.suite().map(SuiteSpec::name).orElseGet(type::getSimpleName),
          type.getName(),
          source,
          null,
          declaration.tags(),
          Map.of(),
          files,
          models);
    }
    SuiteSpec spec = Objects.requireNonNull(subjects.get().suites().get(""));
    return node(id, spec, type, declaration, "", files);
  }

  private SuiteNode node(
      UniqueId id,
      SuiteSpec spec,
      Class<?> type,
      SuiteClass.Declaration declaration,
      String prefix,
      List<String> files) {
    RunnableSuite suite =
        new RunnableSuite(id.toString(), spec, Base.workingDirectory(), type.getName());
    return new SuiteNode(
        id,
        spec.name(),
        type.getName(),
        ClassSource.from(type),
        suite,
        declaration.tags(),
        checks(spec, type, declaration.fields(), prefix),
        files,
        Map.of());
  }

  private void check(SuiteSpec spec, Class<?> type, Map<String, Field> fields) {
    SuiteProblems.of(spec, discovery.registry())
        .forEach(
            problem -> {
              Field field = fields.get(problem.check());
              discovery.mistake(
                  problem.check().isEmpty()
                      ? "%s in @HealthSuite of %s".formatted(problem.message(), type.getName())
                      : "%s in the check '%s' of %s"
                          .formatted(problem.message(), problem.check(), type.getName()),
                  field == null ? ClassSource.from(type) : source(type, field.getName(), field));
            });
  }

  private Map<String, DeclaredCheck> checks(
      SuiteSpec spec, Class<?> type, Map<String, Field> fields, String prefix) {
    Map<String, DeclaredCheck> checks = new LinkedHashMap<>();
    for (CheckSpec check : spec.checks()) {
      Field field = fields.get(check.name());
      String name = field == null ? check.name() : field.getName();
      Discovery.lacksBaseline(spec, check)
          .ifPresent(
              message ->
                  discovery.mistake(
                      "%s: %s".formatted(type.getName(), message), source(type, name, field)));
      discovery
          .declared(check, source(type, prefix + name, field), prefix + name, type.getName())
          .ifPresent(declared -> checks.put(name, declared));
    }
    return checks;
  }

  /** A check that is included has no field, and is called as reports call it. */
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
