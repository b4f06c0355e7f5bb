package org.modelvitals.data;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that others wrote, and what they read from them; see make_data_fixtures.py. */
final class Fixtures {
  private Fixtures() {}

  static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource("files")).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(String name) {
    return JsonMapper.shared().readTree(folder().resolve(name));
  }

  static double[] doubles(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }
}
