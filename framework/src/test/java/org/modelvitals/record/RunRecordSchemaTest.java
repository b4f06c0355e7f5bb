package org.modelvitals.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RunRecordSchemaTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> FOR_PEOPLE = List.of("title", "description", "$id");

  @Test
  void saysOfEveryFieldWhatTheRecordsSay() {
    JsonNode published = JSON.readTree(published());
    assertThat(published.at("/title").stringValue()).isNotEmpty();
    strip(published);
    assertThat(published).isEqualTo(SchemaSkeleton.create());
  }

  @Test
  void explainsEveryField() {
    JsonNode published = JSON.readTree(published());
    List<String> unexplained = new ArrayList<>();
    unexplained("#", published, unexplained);
    published
        .get("$defs")
        .properties()
        .forEach(entry -> unexplained(entry.getKey(), entry.getValue(), unexplained));
    assertThat(unexplained).as("fields without a description").isEmpty();
  }

  private static void unexplained(String owner, JsonNode object, List<String> into) {
    object
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().path("description").asString("").isEmpty()) {
                into.add(owner + "." + field.getKey());
              }
            });
  }

  @Test
  void isTheOneInDocs() throws IOException {
    assertThat(Files.readString(Path.of("../docs/run-record.schema.json")))
        .isEqualToNormalizingNewlines(published());
  }

  @Domain(RunRecordArbitraries.class)
  @Property(tries = 50)
  void acceptsEveryRecord(@ForAll RunRecord record) {
    assertThat(errors(RunRecordJson.write(record))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/suites/0/checks/0/verdict, status",
    "/suites/0/model, size",
    "/machine, cores",
    "'', suites",
  })
  void refusesWhatLacksAField(String owner, String field) {
    ObjectNode document = sample();
    ((ObjectNode) document.at(owner)).remove(field);
    assertThat(errors(document.toString())).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/suites/0/checks/0/verdict, status, perhaps",
    "/suites/0/checks/0, seconds, soon",
    "/suites/0/checks/0/evidence/0, shape, pie",
    "/suites/0, colour, red",
    "'', startedAt, yesterday",
    "'', schema, 1",
  })
  void refusesWhatIsOfAnotherKind(String owner, String field, String text) {
    ObjectNode document = sample();
    ((ObjectNode) document.at(owner)).put(field, text);
    assertThat(errors(document.toString())).isNotEmpty();
  }

  private static ObjectNode sample() {
    return (ObjectNode) JSON.readTree(RunRecordJson.write(RunRecordArbitraries.small()));
  }

  private static List<Error> errors(String json) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(published(), InputFormat.JSON);
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static String published() {
    try (InputStream in =
        Objects.requireNonNull(
            RunRecordJson.class.getResourceAsStream(RunRecordJson.SCHEMA_RESOURCE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      // A field may be called title: words for people are texts, fields are objects.
      FOR_PEOPLE.stream().filter(key -> object.path(key).isString()).forEach(object::remove);
    }
    node.forEach(RunRecordSchemaTest::strip);
  }
}
