package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.text.Regex;
import org.modelvitals.unit.Unit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at each answer as a program would that has to read it. */
final class StructuredOutputTally {
  /** Strict, as the reader of an answer is: nothing after the value, no member twice. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** What Jackson says of a place in a text that it does not show: nothing that helps anybody. */
  private static final Pattern PLACE = Pattern.compile(" ?\\([a-z ]*at \\[Source: [^\\]]*\\]\\)");

  private static final Pattern FENCE =
      Pattern.compile("```[A-Za-z]*\\s*\\n(.*?)\\n?\\s*```", Pattern.DOTALL);

  private final StructuredOutput declared;
  private final @Nullable JsonSchema schema;
  private final @Nullable Regex pattern;
  private final Share valid = new Share();
  private final Share validAgainstSchema = new Share();
  private final Share matching = new Share();
  private final Share same = new Share();
  private final WrongAnswers wrong = new WrongAnswers();

  StructuredOutputTally(StructuredOutput declared, @Nullable JsonSchema schema) {
    this.declared = declared;
    this.schema = schema;
    String regex = declared.pattern();
    this.pattern = regex == null ? null : Regex.of(regex);
  }

  void add(Answer answer) {
    List<String> faults = new ArrayList<>();
    String text = unfenced(answer.text().strip());
    JsonNode value = null;
    try {
      value = STRICT.readTree(text);
    } catch (JacksonException e) {
      faults.add("JSON (%s)".formatted(PLACE.matcher(e.getOriginalMessage()).replaceAll("")));
    }
    // An empty text is read as a missing value, not refused.
    boolean isJson = value != null && !value.isMissingNode();
    if (value != null && !isJson) {
      faults.add("JSON (there is nothing)");
    }
    valid.add(isJson);
    if (schema != null) {
      List<String> errors =
          isJson && value != null ? errors(answer, schema, value) : List.of("no JSON");
      if (!validAgainstSchema.add(errors.isEmpty())) {
        faults.add("JSON that is valid against the schema (%s)".formatted(errors.get(0)));
      }
    }
    if (pattern != null && !matching.add(answer.matches(pattern, text))) {
      faults.add("a text that matches /%s/".formatted(pattern));
    }
    String reference = declared.reference();
    if (reference != null) {
      JsonNode truth = truth(answer, reference);
      if (!same.add(value != null && value.equals(NumbersByValue.COMPARATOR, truth))) {
        faults.add(truth.toString());
      }
    }
    if (!faults.isEmpty()) {
      wrong.add(answer, faults.get(0));
    }
  }

  private static List<String> errors(Answer answer, JsonSchema schema, JsonNode value) {
    try {
      return schema.errors(value);
    } catch (Regex.EndlessException e) {
      throw answer.unmatched("schema", e);
    }
  }

  private String unfenced(String text) {
    if (!declared.fenced()) {
      return text;
    }
    Matcher block = FENCE.matcher(text);
    return block.matches() ? block.group(1).strip() : text;
  }

  /** The column as a value, or, if it is a text, the JSON that is written there. */
  private static JsonNode truth(Answer answer, String column) {
    Object value = answer.row().require(column);
    if (!(value instanceof String text)) {
      return STRICT.valueToTree(value);
    }
    try {
      return STRICT.readTree(text);
    } catch (JacksonException e) {
      throw new DataException(
          "%s: the column '%s' is no JSON: %s"
              .formatted(answer.row().where(), column, e.getOriginalMessage()),
          e);
    }
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder().add(valid.measurement("valid json"));
    if (schema != null) {
      reading.add(validAgainstSchema.measurement("valid against schema"));
    }
    if (pattern != null) {
      reading.add(matching.measurement("pattern match"));
    }
    if (declared.reference() != null) {
      reading.add(same.measurement("same value"));
    }
    reading.add(Measurement.exact("answers", (double) valid.total(), Unit.NUMBER));
    wrong.addTo(reading);
    return reading.build();
  }
}
