package org.modelvitals.checks.text;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other implementations compute; written by make_text_fixtures.py. */
final class TextFixture {
  private TextFixture() {}

  static List<JsonNode> json(String name) throws Exception {
    try (InputStream in = open(name)) {
      return JsonMapper.shared().readTree(in).valueStream().toList();
    }
  }

  static List<String> lines(String name) throws Exception {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(TextFixture.class.getResourceAsStream(name), name);
  }
}
