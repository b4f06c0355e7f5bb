package org.modelvitals.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the runtime's profile, which is in Chrome's trace format with times in microseconds. A node
 * has an event for each time that it ran, with the provider and how long the CPU was busy with it.
 * A device that works on its own has events of its own, with how long it really took: WebGPU's are
 * of the category "Api" and called {@code node&operator&kernel}, those of CUDA are of the category
 * "Kernel" and name the node's event in {@code parent_name}.
 */
final class ProfileReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KERNEL_TIME = "_kernel_time";
  private static final double MICRO = 1e-6;

  private final List<JsonNode> events = new ArrayList<>();

  ProfileReader(Path profile) throws IOException {
    try {
      JSON.readTree(Files.readString(profile)).forEach(events::add);
    } catch (JacksonException e) {
      throw new IOException("the profile " + profile + " is not JSON", e);
    }
  }

  private static String name(JsonNode event) {
    return event.path("name").asString("");
  }

  private static String argument(JsonNode event, String key) {
    return event.path("args").path(key).asString("");
  }

  private static boolean isNode(JsonNode event) {
    return name(event).endsWith(KERNEL_TIME) && !argument(event, "provider").isEmpty();
  }

  private static String node(JsonNode event) {
    String name = name(event);
    return name.substring(0, name.length() - KERNEL_TIME.length());
  }

  /** Two nodes may have one name. */
  private static String key(JsonNode event) {
    return name(event) + argument(event, "node_index");
  }

  /** How many nodes ran on each provider. */
  Placement placement() {
    Map<String, Integer> nodes = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode event : events) {
      if (isNode(event) && seen.add(key(event))) {
        nodes.merge(argument(event, "provider"), 1, Integer::sum);
      }
    }
    return new Placement(nodes);
  }

  /**
   * How long each node took.
   *
   * @param skipped calls at the beginning that do not count
   */
  NodeTimes times(int skipped) {
    long[] starts =
        events.stream()
            .filter(event -> name(event).equals("model_run"))
            .mapToLong(event -> event.path("ts").asLong(0))
            .sorted()
            .skip(skipped)
            .toArray();
    Map<String, double[]> onDevice = onDevice(starts);
    Set<String> measuring = new HashSet<>();
    events.stream()
        .filter(event -> isNode(event) && onDevice.containsKey(node(event)))
        .forEach(event -> measuring.add(argument(event, "provider")));
    Map<String, NodeTimes.Node> found = new LinkedHashMap<>();
    Map<String, double[]> seconds = new HashMap<>();
    for (JsonNode event : events) {
      int call = isNode(event) ? call(event, starts) : -1;
      if (call >= 0) {
        String provider = argument(event, "provider");
        found.putIfAbsent(
            key(event),
            new NodeTimes.Node(node(event), argument(event, "op_name"), provider, List.of()));
        double[] each = seconds.computeIfAbsent(key(event), k -> new double[starts.length]);
        if (!measuring.contains(provider)) {
          each[call] += event.path("dur").asLong(0) * MICRO;
        } else {
          double[] measured = onDevice.get(node(event));
          each[call] = measured == null ? 0 : measured[call];
        }
      }
    }
    List<NodeTimes.Node> nodes = new ArrayList<>();
    found.forEach(
        (key, node) ->
            nodes.add(
                new NodeTimes.Node(
                    node.name(),
                    node.operator(),
                    node.provider(),
                    Arrays.stream(seconds.getOrDefault(key, new double[0])).boxed().toList())));
    return new NodeTimes(nodes);
  }

  /** What devices measured themselves, by the node's name, for each call. */
  private Map<String, double[]> onDevice(long[] starts) {
    Map<String, double[]> seconds = new HashMap<>();
    for (JsonNode event : events) {
      String node = nodeOnDevice(event);
      int call = node.isEmpty() ? -1 : call(event, starts);
      if (call >= 0) {
        seconds.computeIfAbsent(node, name -> new double[starts.length])[call] +=
            event.path("dur").asLong(0) * MICRO;
      }
    }
    return seconds;
  }

  /** The node that an event of a device is about; empty if it is none. */
  private static String nodeOnDevice(JsonNode event) {
    String category = event.path("cat").asString("");
    if (category.equals("Api")) {
      String[] parts = name(event).split("&", -1);
      return parts.length < 3 ? "" : String.join("&", Arrays.copyOf(parts, parts.length - 2));
    }
    String parent = argument(event, "parent_name");
    return category.equals("Kernel") && parent.endsWith(KERNEL_TIME)
        ? parent.substring(0, parent.length() - KERNEL_TIME.length())
        : "";
  }

  /** The call that an event belongs to; negative if to none that counts. */
  private static int call(JsonNode event, long[] starts) {
    int at = Arrays.binarySearch(starts, event.path("ts").asLong(0));
    return at >= 0 ? at : -at - 2;
  }
}
