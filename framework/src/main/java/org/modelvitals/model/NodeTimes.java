package org.modelvitals.model;

import java.util.List;

/**
 * Where the nodes of a model ran, and for how long, over several calls.
 *
 * @param nodes in the order in which they ran
 */
public record NodeTimes(List<Node> nodes) {
  public NodeTimes {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node.
   *
   * @param name after the runtime's optimisations, which rename and fuse
   * @param operator its type: {@code MatMul}
   * @param provider the execution provider that it ran on, by the runtime's name
   * @param seconds for each call, how long it took; on the device itself where that was measured,
   *     else until it was handed over
   */
  public record Node(String name, String operator, String provider, List<Double> seconds) {
    public Node {
      seconds = List.copyOf(seconds);
    }

    /** On average, for a call. */
    public double mean() {
      return seconds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }
}
