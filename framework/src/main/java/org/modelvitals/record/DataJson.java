package org.modelvitals.record;

import tools.jackson.databind.json.JsonMapper;

/**
 * Plain data on one line, in the form that it has in run records. What {@link #write} writes,
 * {@link #read} turns into an equal record.
 */
public final class DataJson {
  private static final JsonMapper MAPPER = RecordMapper.create();

  private DataJson() {}

  public static String write(Record data) {
    return MAPPER.writeValueAsString(data);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws tools.jackson.core.JacksonException if it is damaged
   */
  public static <T extends Record> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
