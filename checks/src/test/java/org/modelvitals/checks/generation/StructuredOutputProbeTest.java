package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.checks.generation.Prompts.prompts;
import static org.modelvitals.checks.generation.Scripted.value;
import static org.modelvitals.checks.generation.StructuredOutput.matchesPattern;
import static org.modelvitals.checks.generation.StructuredOutput.nonFiniteOutputs;
import static org.modelvitals.checks.generation.StructuredOutput.structuredOutput;
import static org.modelvitals.checks.generation.StructuredOutput.validAgainstSchema;
import static org.modelvitals.checks.generation.StructuredOutput.validJson;
import static org.modelvitals.unit.Quantity.percent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.Generated;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

class StructuredOutputProbeTest {
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["name"],
       "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 0}}}
      """;

  @TempDir Path folder;

  @Test
  void answers_are_read_as_a_program_reads_them() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with("reply.schema.json", SCHEMA)
            .read(
                new StructuredOutputProbe(),
                structuredOutput(prompts("json", "prose", "mistyped", "atlantis"))
                    .schema("reply.schema.json")
                    .pattern("\\{.*\\}"));
    assertThat(value(reading, "valid json")).isEqualTo(0.5);
    assertThat(value(reading, "valid against schema")).isEqualTo(0.25);
    assertThat(value(reading, "pattern match")).isEqualTo(0.5);
    assertThat(value(reading, "answers")).isEqualTo(4);
    assertThat(reading.evidence().get(0).sentence())
        .startsWith("prompt 2: after 'prose' expected JSON (")
        .endsWith("got '{\"kind\" \"cat\"' (ended by itself); 3 answers are wrong");
  }

  @Test
  void values_are_compared_not_spellings() throws Exception {
    Reading reading =
        new Scripted(folder)
            .with(
                "rows.jsonl",
                """
                {"text": "json", "is": {"age": 3.0, "name": "dog"}}
                {"text": "json", "is": "{\\"name\\": \\"dog\\", \\"age\\": 30e-1}"}
                {"text": "json", "is": {"name": "dog", "age": 4}}
                {"text": "prose", "is": {"kind": "cat"}}
                """)
            .read(
                new StructuredOutputProbe(),
                structuredOutput(prompts(DataSpec.jsonl("rows.jsonl"))).reference("is"));
    assertThat(value(reading, "same value")).isEqualTo(0.5);
  }

  @Test
  void only_one_whole_value_is_json() {
    assertThat(isJson("{\"a\": [1, true, null]}", false)).isTrue();
    assertThat(isJson("  [1]\n", false)).isTrue();
    assertThat(isJson("[1] [2]", false)).isFalse();
    assertThat(isJson("{\"a\": 1} That is all.", false)).isFalse();
    assertThat(isJson("{\"a\": 1, \"a\": 2}", false)).isFalse();
    assertThat(isJson("{'a': 1}", false)).isFalse();
    assertThat(isJson("[1,]", false)).isFalse();
    assertThat(isJson("NaN", false)).isFalse();
    assertThat(isJson("", false)).isFalse();
    assertThat(isJson("```json\n[1]\n```", false)).isFalse();
    assertThat(isJson("```json\n[1]\n```", true)).isTrue();
    assertThat(isJson("Here: ```json\n[1]\n```", true)).isFalse();
    assertThat(isJson("[1]", true)).isTrue();
  }

  private static boolean isJson(String text, boolean fenced) {
    StructuredOutput declared = structuredOutput(prompts("x"));
    StructuredOutputTally tally =
        new StructuredOutputTally(fenced ? declared.fencedToo() : declared, null);
    tally.add(answer(text));
    return value(tally.finish(), "valid json") == 1;
  }

  private static Answer answer(String text) {
    return new Answer(
        new DataRow(0, "prompt 1", Map.of("text", "x")),
        "x",
        new Generated(List.of(), List.of(), text, Generated.End.STOP_TOKEN),
        text,
        id -> "");
  }

  @Test
  void what_is_declared_is_expected() {
    StructuredOutput plain = structuredOutput(prompts("json"));
    StructuredOutputProbe probe = new StructuredOutputProbe();
    Expectation json = validJson().isEqualTo(percent(100));
    Expectation schema = validAgainstSchema().isEqualTo(percent(100));
    Expectation pattern = matchesPattern().isEqualTo(percent(100));
    Expectation finite = nonFiniteOutputs().isEqualTo(0);
    assertThat(probe.implied(plain)).containsExactly(finite, json);
    assertThat(probe.implied(plain.schema("a.json"))).containsExactly(finite, schema);
    assertThat(probe.implied(plain.pattern("a"))).containsExactly(finite, pattern);
    assertThat(probe.implied(plain.schema("a.json").pattern("a")))
        .containsExactly(finite, schema, pattern);
  }

  @Test
  void schemas_that_are_none_are_refused() throws Exception {
    Scripted scripted = new Scripted(folder).with("broken.json", "{").with("list.json", "[1]");
    StructuredOutput declared = structuredOutput(prompts("json"));
    assertThatThrownBy(
            () -> scripted.read(new StructuredOutputProbe(), declared.schema("broken.json")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("broken.json: no JSON: ");
    assertThatThrownBy(
            () -> scripted.read(new StructuredOutputProbe(), declared.schema("list.json")))
        .isInstanceOf(DataException.class)
        .hasMessage("list.json: a JSON Schema is an object");
  }

  @Test
  void a_pattern_that_goes_back_for_ever_is_blamed_and_not_the_model() throws Exception {
    String endless = "(([a-z ]+)+)+!";
    String sentence =
        "the regular expression, not the model, takes too long: /%s/ did not".formatted(endless);
    assertThatThrownBy(
            () ->
                new Scripted(folder)
                    .read(
                        new StructuredOutputProbe(),
                        structuredOutput(prompts("bells")).pattern(endless)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("prompt 1: pattern: " + sentence);
    JsonSchema schema =
        JsonSchema.read(
            Files.writeString(
                folder.resolve("endless.json"),
                "{\"items\": {\"pattern\": \"^%s\"}}".formatted(endless)));
    StructuredOutputTally tally =
        new StructuredOutputTally(structuredOutput(prompts("x")).schema("endless.json"), schema);
    Answer answer = answer("[\"%s\"]".formatted("ding dong ".repeat(20)));
    assertThatThrownBy(() -> tally.add(answer))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("prompt 1: schema: " + sentence.replace("/(", "/^("));
  }
}
