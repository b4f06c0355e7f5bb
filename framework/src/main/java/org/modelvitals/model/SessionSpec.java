package org.modelvitals.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.text.Bounds;

/**
 * Options of the runtime's session.
 *
 * @param threads threads within an operator; null leaves it to the runtime
 * @param interOpThreads threads across operators; counts only in parallel execution
 * @param dimensions values for named free dimensions of the inputs
 * @param config session configuration entries by their names in ONNX Runtime
 */
@Doc("Options of the runtime's session.")
public record SessionSpec(
    @Doc("Threads within an operator.") @Minimum(1) @Nullable Integer threads,
    @Doc("Threads across operators, in parallel execution.") @Minimum(1)
        @Nullable Integer interOpThreads,
    @Doc("Which graph optimisations are made before the model runs.") @Default("all")
        Optimization optimization,
    @Doc("Whether independent operators run at the same time.") @Default("sequential")
        Execution execution,
    @Doc("Ask the runtime for deterministic compute.") @Default("false") boolean deterministic,
    @Doc(value = "Values for named free dimensions.", example = "{Dim1: 3}") @Minimum(1)
        Map<String, Long> dimensions,
    @Doc("Session configuration entries, by ONNX Runtime's names.") Map<String, String> config) {

  public static final SessionSpec DEFAULT =
      new SessionSpec(
          null, null, Optimization.ALL, Execution.SEQUENTIAL, false, Map.of(), Map.of());

  public SessionSpec {
    Bounds.atLeast(1, "threads", threads);
    Bounds.atLeast(1, "inter-op-threads", interOpThreads);
    dimensions.forEach((name, size) -> Bounds.atLeast(1, "dimensions: " + name, size));
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }

  /** The same options with other threads within an operator. */
  public SessionSpec threads(int count) {
    return new SessionSpec(
        count, interOpThreads, optimization, execution, deterministic, dimensions, config);
  }

  /** The same options with another level of graph optimisation. */
  public SessionSpec optimization(Optimization level) {
    return new SessionSpec(
        threads, interOpThreads, level, execution, deterministic, dimensions, config);
  }

  /** Levels of graph optimisation, as ONNX Runtime names them. */
  public enum Optimization {
    NONE,
    BASIC,
    EXTENDED,
    ALL
  }

  /** ONNX Runtime's execution modes. */
  public enum Execution {
    SEQUENTIAL,
    PARALLEL
  }
}
