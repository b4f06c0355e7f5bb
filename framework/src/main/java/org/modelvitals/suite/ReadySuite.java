package org.modelvitals.suite;

import java.nio.file.Path;
import java.util.List;

/**
 * Checks that are written once for many models: a suite includes them by their keyword. Ready
 * suites are registered in {@code META-INF/services/org.modelvitals.suite.ReadySuite}, have a
 * public constructor without parameters, and keep no state.
 */
public interface ReadySuite {

  /** The word for it in suites: {@code checkup}. */
  String keyword();

  /** What it finds out, in one sentence. */
  String description();

  /**
   * The checks that make sense for a model, names unique. Called while suites are discovered, more
   * than once: it may look at the file's graph, but neither loads the model nor runs it, and what
   * is wrong with the file is left to the checks.
   *
   * @param model the file, which may be missing or broken
   */
  List<CheckSpec> checks(Path model);
}
