package org.modelvitals.yaml;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;

/** Suites in YAML, and back. */
public final class SuiteYaml {
  private static final String SUFFIX = ".vitals.yaml";

  private SuiteYaml() {}

  /**
   * What a file declares.
   *
   * @param suite empty if nothing of it can be run
   * @param problems every mistake, in the order of lines
   * @param lines the line of each check, from 1
   */
  public record Result(
      Optional<SuiteSpec> suite, List<Problem> problems, Map<String, Integer> lines) {
    public Result {
      problems = List.copyOf(problems);
      lines = Map.copyOf(lines);
    }

    /** The line on which the check of this name begins; 1 if there is none. */
    public int line(String check) {
      return lines.getOrDefault(check, 1);
    }

    /** The check that stands at this line. */
    public Optional<String> checkAt(int line) {
      return lines.entrySet().stream()
          .filter(entry -> entry.getValue() <= line)
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey);
    }
  }

  /**
   * A mistake in a file, at a line and a column from 1.
   *
   * @param file relative to the working directory where it lies inside
   * @param message what was found, and after a semicolon what was expected
   */
  public record Problem(Path file, int line, int column, String message) {
    /** {@code unknown measurement 'acuracy' at digits.vitals.yaml:7; did you mean 'accuracy'?} */
    @Override
    public String toString() {
      int hint = message.indexOf("; ");
      int end = hint < 0 ? message.length() : hint;
      return "%s at %s:%d%s"
          .formatted(
              message.substring(0, end),
              file.toString().replace(File.separatorChar, '/'),
              line,
              message.substring(end));
    }
  }

  /** Reads a suite. Never throws for what stands in the file: mistakes are problems. */
  public static Result read(Path file, ProbeRegistry registry) {
    Mistakes mistakes = new Mistakes();
    return result(file, registry, mistakes, YamlText.read(file, mistakes));
  }

  /** Reads a suite whose file {@code file} has, or would have, the contents {@code yaml}. */
  public static Result read(Path file, String yaml, ProbeRegistry registry) {
    return result(file, registry, new Mistakes(), Optional.of(yaml));
  }

  private static Result result(
      Path file, ProbeRegistry registry, Mistakes mistakes, Optional<String> yaml) {
    SuiteReader reader = new SuiteReader(registry, mistakes);
    Optional<SuiteSpec> suite =
        yaml.flatMap(text -> YamlText.parse(text, mistakes))
            .flatMap(root -> reader.read(root, name(file)));
    List<Problem> problems = new ArrayList<>();
    for (Mistakes.Mistake mistake : mistakes.sorted()) {
      problems.add(new Problem(shown(file), mistake.line(), mistake.column(), mistake.message()));
    }
    return new Result(suite, problems, reader.lines());
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  /**
   * The suite as YAML, which {@link #read} turns into an equal suite.
   *
   * @throws IllegalArgumentException if a probe is not registered, or if the suite has a condition
   *     that Java can make and YAML cannot say
   */
  public static String write(SuiteSpec suite, ProbeRegistry registry) {
    return YamlWriter.write(SuiteWriter.write(suite, registry));
  }

  /** The parameters of a probe as YAML would have them, without those that have their default. */
  public static Map<String, Object> parameters(ProbeSpec probe) {
    return ShapeWriter.fields(probe, Shapes.record(probe.getClass()));
  }
}
