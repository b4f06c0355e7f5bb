package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.unit.Unit;

/** The tokens of a text with their log-probabilities, cut to what a report can show. */
final class TokenStrip {
  private static final int MOST = 400;

  private TokenStrip() {}

  /**
   * @param logProbabilities one a token; NaN where a token is not predicted
   * @param mark the token to look at first
   */
  static Evidence of(
      String title,
      String sentence,
      Tokenizer tokenizer,
      long[] ids,
      double[] logProbabilities,
      int mark) {
    int begin = Math.max(0, Math.min(mark - MOST / 2, ids.length - MOST));
    int end = Math.min(ids.length, begin + MOST);
    List<Evidence.Strip.Cell> cells = new ArrayList<>();
    for (int i = begin; i < end; i++) {
      String text = tokenizer.decode(ids[i]);
      cells.add(
          new Evidence.Strip.Cell(
              text.isEmpty() ? tokenizer.name(ids[i]) : text,
              Double.isNaN(logProbabilities[i]) ? null : (Double) logProbabilities[i],
              null));
    }
    String shown =
        end - begin == ids.length
            ? title
            : String.format(
                Locale.ROOT, "%s, tokens %,d to %,d of %,d", title, begin, end - 1, ids.length);
    return new Evidence.Strip(shown, sentence, Unit.NATS, cells, mark - begin);
  }
}
