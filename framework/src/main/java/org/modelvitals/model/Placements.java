package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Establishes where nodes run, by the runtime's own profile of one call. A list of available
 * providers proves nothing: the runtime may list one and run everything on the CPU
 * (microsoft/onnxruntime#23372).
 */
final class Placements {
  private static final Logger LOG = LoggerFactory.getLogger(Placements.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Placements() {}

  /** Profiles one call in a session of its own. */
  static Placement establish(
      Path model, DeviceSpec device, SessionSpec spec, Map<String, OnnxTensor> inputs)
      throws OrtException {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("model-vitals-profile-");
      try (OrtSession session =
          OrtSessions.create(model, device, spec, folder.resolve("profile"))) {
        session.run(inputs).close();
        return parse(Path.of(session.endProfiling()));
      }
    } catch (IOException e) {
      throw new ModelException(
          ModelException.Reason.RUN_FAILED,
          "cannot establish where %s runs: %s".formatted(model, e),
          e);
    } finally {
      delete(folder);
    }
  }

  /** Counts the nodes of each provider in a profile in Chrome's trace format. */
  static Placement parse(Path profile) throws IOException {
    JsonNode events;
    try {
      events = JSON.readTree(Files.readString(profile));
    } catch (JacksonException e) {
      throw new IOException("the profile " + profile + " is not JSON", e);
    }
    Map<String, Integer> nodes = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode event : events) {
      String name = event.path("name").asString("");
      String provider = event.path("args").path("provider").asString("");
      if (name.endsWith("_kernel_time")
          && !provider.isEmpty()
          && seen.add(name + event.path("args").path("node_index").asString(""))) {
        nodes.merge(provider, 1, Integer::sum);
      }
    }
    return new Placement(nodes);
  }

  private static void delete(java.nio.file.@org.jspecify.annotations.Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      LOG.warn("could not delete the profile in {}: {}", folder, e.toString());
    }
  }
}
