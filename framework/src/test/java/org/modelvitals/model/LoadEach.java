package org.modelvitals.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process that tries each model that it is given, and says what came of it. */
final class LoadEach {
  private LoadEach() {}

  /** What is tried: {@code files...}. */
  public static void main(String[] files) {
    for (String file : files) {
      System.out.println("TRY " + file);
      System.out.flush();
      System.out.println(outcome(Path.of(file)));
      System.out.flush();
    }
  }

  /** One line: GRAPH and MODEL, each fine or refused. */
  private static String outcome(Path file) {
    return "GRAPH " + attempt(() -> graph(file)) + "\nMODEL " + attempt(() -> run(file));
  }

  private static String attempt(Runnable action) {
    try {
      action.run();
      return "fine";
    } catch (ModelException e) {
      return "refused " + e.reason() + " " + e.getMessage();
    } catch (Throwable e) {
      return "escaped " + e;
    }
  }

  private static void graph(Path file) {
    OnnxGraph.readIfOnnx(file).ifPresent(graph -> graph.missingExternalFiles(file));
  }

  private static void run(Path file) {
    try (Model model = new ModelPool().acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT)) {
      Map<String, Tensor> inputs = new HashMap<>();
      for (ValueInfo input : model.signature().inputs()) {
        List<Dim> dims = input.shape();
        long[] shape = dims.stream().mapToLong(dim -> dim.isFree() ? 1 : dim.size()).toArray();
        long size = 1;
        for (long dim : shape) {
          size = Math.multiplyExact(size, dim);
        }
        if (!input.isTensor() || input.type() == ElementType.OTHER || size > 1_000_000) {
          return;
        }
        inputs.put(input.name(), Tensor.allocate(input.type(), shape));
      }
      model.run(inputs);
    }
  }
}
