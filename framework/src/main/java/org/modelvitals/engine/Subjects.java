package org.modelvitals.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestSource;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.run.Base;
import org.modelvitals.run.IncludedChecks;
import org.modelvitals.run.ModelPattern;
import org.modelvitals.suite.SuiteSpec;

/**
 * The suites that one declaration stands for: one of its model, or one of each model in a folder or
 * of a pattern, with the checks that it includes.
 *
 * @param several whether the declaration stands for any number of suites
 * @param suites by what their models are called; a single one has no name
 */
record Subjects(boolean several, Map<String, SuiteSpec> suites) {

  /**
   * The suites of a declaration.
   *
   * @param file the file that declares it, if that is one
   * @param shown where it is declared, for people
   */
  static Subjects of(
      SuiteSpec declared,
      Base base,
      Optional<Path> file,
      Discovery discovery,
      String shown,
      TestSource source) {
    SuiteSpec overridden = discovery.settings().override(declared, file);
    try {
      Optional<ModelPattern> pattern = ModelPattern.of(overridden.model(), base);
      if (pattern.isPresent()) {
        return several(overridden, base, pattern.get(), discovery, shown, source);
      }
    } catch (ProbeException e) {
      // A path that cannot be is what the checks will say.
    }
    return new Subjects(
        false, Map.of("", IncludedChecks.of(overridden, base, discovery.registry())));
  }

  private static Subjects several(
      SuiteSpec declared,
      Base base,
      ModelPattern pattern,
      Discovery discovery,
      String shown,
      TestSource source) {
    List<Path> models;
    try {
      models = pattern.models();
    } catch (ProbeException e) {
      discovery.mistake("%s: %s".formatted(shown, e.getMessage()), source);
      return new Subjects(true, Map.of());
    }
    if (models.isEmpty()) {
      discovery.mistake(
          "%s is about the models of '%s', and there are none below %s"
              .formatted(shown, declared.model(), pattern.folder()),
          source);
    }
    Map<String, SuiteSpec> suites = new LinkedHashMap<>();
    for (Path model : models) {
      String name = pattern.name(model);
      SuiteSpec about =
          IncludedChecks.about(declared, declared.name() + ": " + name, written(model, base));
      suites.put(name, IncludedChecks.of(about, base, discovery.registry()));
    }
    return new Subjects(true, suites);
  }

  private static String written(Path model, Base base) {
    Path relative = model.startsWith(base.folder()) ? base.folder().relativize(model) : model;
    return relative.toString().replace(File.separatorChar, '/');
  }
}
