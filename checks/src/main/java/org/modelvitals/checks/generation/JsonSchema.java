package org.modelvitals.checks.generation;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import org.modelvitals.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON Schema of a file; of the draft that it names, of 2020-12 if it names none. */
final class JsonSchema {
  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws DataException if the file is no JSON or no schema
   */
  static JsonSchema read(Path file) {
    try {
      JsonNode node = JsonMapper.shared().readTree(file);
      if (!node.isObject() && !node.isBoolean()) {
        throw new DataException("%s: a JSON Schema is an object".formatted(file.getFileName()));
      }
      return new JsonSchema(
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(node));
    } catch (JacksonException e) {
      throw new DataException(
          "%s: no JSON: %s".formatted(file.getFileName(), e.getOriginalMessage()), e);
    } catch (SchemaException e) {
      throw new DataException(
          "%s: no JSON Schema: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  /** What is wrong with a value, a sentence each; nothing if it is valid. */
  List<String> errors(JsonNode value) {
    return schema.validate(value).stream().map(Error::toString).toList();
  }
}
