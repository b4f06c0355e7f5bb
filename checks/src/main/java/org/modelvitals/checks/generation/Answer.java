package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.language.Generated;
import org.modelvitals.text.Regex;

/**
 * What a model wrote to one prompt.
 *
 * @param row what the prompt was made of; it says where that stands
 * @param text of the generated tokens
 * @param decode the text of one token; as long as the prompts are put
 */
record Answer(
    DataRow row, String prompt, Generated generated, String text, LongFunction<String> decode) {

  /**
   * Whether the whole of a text of this answer's matches.
   *
   * @throws DataException naming the row, if the expression does not come to an end
   */
  boolean matches(Regex pattern, String written) {
    try {
      return pattern.matches(written);
    } catch (Regex.EndlessException e) {
      throw unmatched("pattern", e);
    }
  }

  /** What to say of an expression that did not come to an end for this answer. */
  DataException unmatched(String parameter, Regex.EndlessException e) {
    return new DataException("%s: %s: %s".formatted(row.where(), parameter, e.getMessage()), e);
  }

  /**
   * The true texts in a column: a text, a list of texts, or answers in the form of SQuAD's
   * datasets, {@code {"text": [..], "answer_start": [..]}}.
   *
   * @throws DataException if the row has no such column, or it is something else
   */
  List<String> references(String column) {
    Object value = row.require(column);
    if (value instanceof Map<?, ?> answers && answers.get("text") instanceof List<?> texts) {
      List<String> references = new ArrayList<>();
      for (Object text : texts) {
        if (!(text instanceof String string)) {
          throw new DataException(
              "%s: the texts of the column '%s' hold %s; expected a text"
                  .formatted(row.where(), column, text));
        }
        references.add(string);
      }
      return references;
    }
    return row.texts(column);
  }

  /**
   * As {@link #references}, of which one at least is not empty.
   *
   * @throws DataException if all are
   */
  List<String> someReferences(String column) {
    List<String> references = references(column);
    if (references.stream().allMatch(String::isEmpty)) {
      throw new DataException(
          "%s: the column '%s' holds no text that is not empty".formatted(row.where(), column));
    }
    return references;
  }
}
