package org.modelvitals.yaml;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Validates YAML by a JSON Schema as editors do: YAML 1.2 with its core schema. */
final class SuiteSchemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private SuiteSchemas() {}

  static Schema schema(String json) {
    return REGISTRY.getSchema(json);
  }

  static List<String> errors(Schema schema, String yaml) {
    Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
    JsonNode json = JsonMapper.shared().valueToTree(load.loadFromString(yaml));
    return schema.validate(json).stream().map(Object::toString).toList();
  }
}
