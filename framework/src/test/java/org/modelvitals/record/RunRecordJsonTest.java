package org.modelvitals.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.verdict.Status;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RunRecordJsonTest {

  @Domain(RunRecordArbitraries.class)
  @Property(tries = 150)
  void comesBackAsItWasWritten(@ForAll RunRecord record) {
    String json = RunRecordJson.write(record);
    assertThat(RunRecordJson.read(json)).isEqualTo(record);
    assertThat(RunRecordJson.write(RunRecordJson.read(json))).isEqualTo(json);
  }

  @Domain(RunRecordArbitraries.class)
  @Property(tries = 30)
  void survivesBytes(@ForAll RunRecord record) {
    byte[] bytes = RunRecordJson.write(record).getBytes(StandardCharsets.UTF_8);
    assertThat(RunRecordJson.read(new String(bytes, StandardCharsets.UTF_8))).isEqualTo(record);
  }

  @Test
  void laysOutOneEntryALine() {
    assertThat(RunRecordJson.write(RunRecordArbitraries.small()))
        .startsWith("{\n  \"schema\": 4,\n  \"id\": \"run\",\n  \"build\": \"build\",\n")
        .contains("\"startedAt\": \"2026-11-24T20:15:30Z\"")
        .contains("{\"name\":\"opset\",\"unit\":\"number\",\"value\":17.0,\"count\":1}")
        .contains("{\"shape\":\"note\",\"title\":\"a\",\"sentence\":\"b\"}")
        .endsWith("}\n");
  }

  @Test
  void readsVersion0() throws IOException, URISyntaxException {
    RunRecord record =
        RunRecordJson.read(
            Path.of(Objects.requireNonNull(getClass().getResource("run-record-0.json")).toURI()));

    assertThat(record.schema()).isEqualTo(RunRecord.SCHEMA);
    SuiteRecord suite = record.suites().get(0);
    assertThat(suite.device().asked()).isEqualTo("cpu");
    CheckRecord check = suite.checks().get(0);
    assertThat(check.isolated()).isNull();
    assertThat(check.attempts()).isEmpty();
    assertThat(check.sharedWith()).isEmpty();
    assertThat(check.verdict().status()).isEqualTo(Status.FAILED);
    assertThat(check.verdict().outcomes().get(0).limit()).isEqualTo(0.97);
    assertThat(check.measurements().get(1).value()).isNaN();
    assertThat(RunRecordJson.read(RunRecordJson.write(record))).isEqualTo(record);
  }

  @Test
  void readsVersion1() {
    ObjectNode document = sample().put("schema", 1);
    ((ObjectNode) document.at("/suites/0")).remove("directory");

    assertThat(RunRecordJson.read(document.toString()).suites())
        .extracting(SuiteRecord::directory)
        .containsExactly("");
  }

  @Test
  void hasAStepFromEveryOlderVersion() {
    for (int version = 0; version < RunRecord.SCHEMA; version++) {
      ObjectNode document = sample().put("schema", version);
      assertThat(Migrations.toCurrent(document, "it").get("schema").intValue())
          .isEqualTo(RunRecord.SCHEMA);
    }
  }

  @Test
  void saysThatADocumentIsNewer() {
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> RunRecordJson.read(sample().put("schema", 7).toString()))
        .withMessage(
            "the document is a run record of version 7, but this ModelVitals knows versions up to"
                + " 4; read it with a newer ModelVitals");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty; a run record was expected",
        "[]|is JSON, but not a run record: it is not an object",
        "{}|its 'schema' should be a version such as 4, but is missing",
        "{\"schema\": \"1\"}|its 'schema' should be a version such as 4, but is \"1\"",
        "{\"schema\": 1|is damaged: it is not JSON at line 1, column",
        "{\"schema\": 4}|is damaged at id: ",
      })
  void saysWhatIsWrongWithADocument(String json, String sentence) {
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> RunRecordJson.read(json))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "/suites/0/checks/0/verdict, status, perhaps, suites[0].checks[0].verdict.status",
    "/suites/0/checks/0, seconds, soon, suites[0].checks[0].seconds",
    "/suites/0/checks/0/evidence/0, shape, pie, suites[0].checks[0].evidence[0]",
    "/suites/0, colour, red, suites[0].colour",
    "'', startedAt, yesterday, startedAt",
  })
  void saysWhereADocumentIsDamaged(String owner, String field, String text, String place) {
    ObjectNode document = sample();
    ((ObjectNode) document.at(owner)).put(field, text);
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> RunRecordJson.read(document.toString()))
        .withMessageContaining("is damaged at " + place + ": ");
  }

  @ParameterizedTest
  @CsvSource({"/suites/0/checks/0, name", "/suites/0, checks", "/machine, cores", "'', id"})
  void refusesMissingFieldsAndNulls(String owner, String field) {
    ObjectNode missing = sample();
    ((ObjectNode) missing.at(owner)).remove(field);
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> RunRecordJson.read(missing.toString()))
        .withMessageContaining(field);
    ObjectNode none = sample();
    ((ObjectNode) none.at(owner)).putNull(field);
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> RunRecordJson.read(none.toString()))
        .withMessageContaining(field);
  }

  @Test
  void namesTheFileThatIsCutOff(@TempDir Path folder) throws IOException {
    String json = RunRecordJson.write(RunRecordArbitraries.small());
    for (int length : List.of(0, 1, json.length() / 3, json.length() / 2, json.length() - 2)) {
      Path file = Files.writeString(folder.resolve("cut.json"), json.substring(0, length));
      assertThatExceptionOfType(RecordException.class)
          .isThrownBy(() -> RunRecordJson.read(file))
          .withMessageContaining("cut.json");
    }
  }

  private static ObjectNode sample() {
    return (ObjectNode)
        JsonMapper.shared().readTree(RunRecordJson.write(RunRecordArbitraries.small()));
  }
}
