package org.modelvitals.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where the nodes of a model ran, as the runtime's own profile tells.
 *
 * @param nodes how many nodes ran on each execution provider, by the provider's name
 */
public record Placement(Map<String, Integer> nodes) {
  public Placement {
    nodes = java.util.Collections.unmodifiableMap(new TreeMap<>(nodes));
  }

  public int on(Device device) {
    return nodes.getOrDefault(device.provider(), 0);
  }

  public int total() {
    return nodes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
