package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.data.DataException;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaTest {
  @TempDir Path folder;

  private JsonSchema read(String schema) throws IOException {
    return JsonSchema.read(Files.writeString(folder.resolve("a.schema.json"), schema));
  }

  private static List<String> errors(JsonSchema schema, String value) {
    return schema.errors(JsonMapper.shared().readTree(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"type": "object", "required": "name"} | no JSON Schema: /required: string found, array expected
          {"type": "objekt"}                     | no JSON Schema: /type: does not have a value in the enumeration
          {"properties": {"a": {"minimum": "x"}}} | no JSON Schema: /properties/a/minimum: string found, number expected
          {"properties": {"a": {"maximun": 1}}}  | no JSON Schema: there is no keyword 'maximun'; did you mean 'maximum'?
          {"requierd": ["a"]}                    | no JSON Schema: there is no keyword 'requierd'; did you mean 'required'?
          {"properties": {"a": {"pattern": "(["}}} | no JSON Schema: java.util.regex.PatternSyntaxException: Unclosed character class near index 1
          {"$ref": "#/$defs/nowhere"}            | no JSON Schema: Reference /$defs/nowhere cannot be resolved
          {"properties": {"a": {"$ref": "#/$defs/nowhere"}}} | no JSON Schema: Reference /$defs/nowhere cannot be resolved
          {"properties": {"a": {"$ref": "b.schema.json"}}} | no JSON Schema: $ref: there is no file 'b.schema.json' beside it
          {"$ref": "https://example.invalid/x.json"} | no JSON Schema: $ref: 'https://example.invalid/x.json' is no file; nothing is fetched
          {"$schema": "https://json-schema.org/draft/2021-99/schema"} | $schema is 'https://json-schema.org/draft/2021-99/schema'; expected one of http://json-schema.org/draft-04/schema#,
          """)
  void mistakes_of_a_schema_are_said_when_it_is_read(String schema, String sentence) {
    assertThatThrownBy(() -> read(schema))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.schema.json: " + sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "b+, abc, true",
    "^b+, abc, false",
    "c$, abc, true",
    "b$, abc, false",
    "^\\p{Letter}+$, abc, true",
    "^\\p{Letter}+$, ab1, false"
  })
  void patterns_are_searched_for(String pattern, String text, boolean valid) throws IOException {
    JsonSchema schema = read("{\"pattern\": \"%s\"}".formatted(pattern.replace("\\", "\\\\")));
    assertThat(errors(schema, "\"%s\"".formatted(text)).isEmpty()).isEqualTo(valid);
  }

  @Test
  void references_may_be_to_files_beside_it() throws IOException {
    Files.writeString(folder.resolve("legs.schema.json"), "{\"type\": \"integer\"}");
    JsonSchema schema = read("{\"properties\": {\"legs\": {\"$ref\": \"legs.schema.json\"}}}");
    assertThat(errors(schema, "{\"legs\": 4}")).isEmpty();
    assertThat(errors(schema, "{\"legs\": \"four\"}"))
        .containsExactly("/legs: string found, integer expected");
  }

  @Test
  void older_drafts_and_remarks_are_understood() throws IOException {
    JsonSchema seven =
        read(
            """
            {"$schema": "http://json-schema.org/draft-07/schema#", "definitions":
             {"n": {"type": "integer", "example": 1, "x-unit": "legs"}},
             "properties": {"legs": {"$ref": "#/definitions/n"}}}
            """);
    assertThat(errors(seven, "{\"legs\": 4}")).isEmpty();
    assertThat(errors(seven, "{\"legs\": \"four\"}")).hasSize(1);
    assertThat(errors(read("{\"definitions\": {\"n\": {}}, \"title\": \"t\"}"), "1")).isEmpty();
    assertThat(errors(read("true"), "1")).isEmpty();
    assertThat(errors(read("false"), "1")).hasSize(1);
  }

  @Test
  void drafts_themselves_may_be_referred_to() throws IOException {
    JsonSchema schema = read("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}");
    assertThat(errors(schema, "{\"type\": \"string\"}")).isEmpty();
    assertThat(errors(schema, "{\"type\": \"objekt\"}")).isNotEmpty();
  }

  @Test
  void a_schema_may_name_itself() throws IOException {
    JsonSchema tree =
        read(
            """
            {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#"}}}}
            """);
    assertThat(errors(tree, "{\"children\": [{\"children\": []}]}")).isEmpty();
    assertThat(errors(tree, "{\"children\": [{\"children\": [1]}]}")).hasSize(1);
  }
}
