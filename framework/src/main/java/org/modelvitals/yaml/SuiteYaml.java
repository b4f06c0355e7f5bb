package org.modelvitals.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.suite.SuiteSpec;

/** Suites in YAML, and back. */
public final class SuiteYaml {
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

  /** A mistake in a file, at a line and a column from 1. */
  public record Problem(Path file, int line, int column, String message) {
    @Override
    public String toString() {
      return "%s at %s:%d".formatted(message, file, line);
    }
  }

  /** Reads a suite. Never throws for what stands in the file: mistakes are problems. */
  public static Result read(Path file, ProbeRegistry registry) {
    return new Result(Optional.empty(), List.of(), Map.of());
  }

  /** The suite as YAML, which {@link #read} turns into an equal suite. */
  public static String write(SuiteSpec suite, ProbeRegistry registry) {
    return suite.name();
  }

  /** The parameters of a probe as YAML would have them, without those that have their default. */
  public static Map<String, Object> parameters(ProbeSpec probe) {
    return Map.of();
  }
}
