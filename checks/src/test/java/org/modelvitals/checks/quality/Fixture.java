package org.modelvitals.checks.quality;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Rows, and what scikit-learn computes of them; written by make_quality_fixtures.py. */
record Fixture(List<Double> labels, List<double[]> logits, Map<String, Double> values) {

  static Fixture read(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(Fixture.class.getResourceAsStream(name + ".json"), name)) {
      return JsonMapper.builder()
          .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readValue(in, Fixture.class);
    }
  }

  Rows rows() {
    return Rows.of(labels, logits.toArray(double[][]::new));
  }
}
