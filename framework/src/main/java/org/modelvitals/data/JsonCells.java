package org.modelvitals.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON values into cells. NaN and Infinity, which Python writes, are read. */
final class JsonCells {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private JsonCells() {}

  /** The value that begins with {@code token}, the parser's current one. */
  static void read(JsonParser parser, @Nullable JsonToken token, Cell cell) {
    cell.begin();
    value(parser, token, cell);
  }

  /**
   * The array that a text is.
   *
   * @throws Misfit if it is none
   */
  static void readArray(String text, Cell cell) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      read(parser, parser.nextToken(), cell);
      if (parser.nextToken() != null) {
        throw new Misfit(Wording.quoted(text));
      }
    } catch (JacksonException e) {
      throw new Misfit(Wording.quoted(text));
    }
  }

  private static void value(JsonParser parser, @Nullable JsonToken token, Cell cell) {
    switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          cell.addObject(parser.getBigIntegerValue());
        } else {
          cell.add(parser.getLongValue());
        }
      }
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number) && Conversions.isWritten(parser.getString())) {
          cell.addObject(parser.getString()); // refused as what was written, unless texts are taken
        } else {
          cell.add(number);
        }
      }
      case VALUE_STRING -> cell.addObject(parser.getString());
      case VALUE_TRUE -> cell.addObject(true);
      case VALUE_FALSE -> cell.addObject(false);
      case VALUE_NULL -> cell.addObject(null);
      case START_ARRAY -> array(parser, cell);
      case START_OBJECT -> cell.addObject(object(parser));
      default -> throw new IllegalStateException("a parser gave " + token);
    }
  }

  private static void array(JsonParser parser, Cell cell) {
    cell.openArray();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      value(parser, token, cell);
    }
    cell.closeArray();
  }

  /** An object in a cell: of no use to a model, but a probe may read it. */
  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      Cell cell = new Cell();
      read(parser, parser.nextToken(), cell);
      object.put(field, cell.toObject());
    }
    return object;
  }
}
