package org.modelvitals.checks.slices;

import java.util.HashSet;
import java.util.Set;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.probe.ProbeContext;

/** Which columns a model is not fed. */
public final class Unfed {
  private Unfed() {}

  /**
   * The columns that a probe reads itself: the label, and those of slices. Where the data do not
   * fit the model without the latter, those that hold numbers are taken for inputs and fed too.
   *
   * @param label the column with the true value
   * @throws DataException if the data fit neither way
   */
  public static Set<String> of(Slicing slices, String label, DataSpec data, ProbeContext context) {
    Set<String> all = new HashSet<>(slices.columns());
    all.add(label);
    if (slices.columns().isEmpty() || data.file() == null) {
      return all;
    }
    Set<String> texts = new HashSet<>(all);
    texts.removeIf(column -> !column.equals(label) && isNumber(column, data, context));
    if (texts.equals(all)) {
      return all;
    }
    try {
      feed(data, all, context);
      return all;
    } catch (DataException withoutThem) {
      try {
        feed(data, texts, context);
        return texts;
      } catch (DataException withThem) {
        withoutThem.addSuppressed(withThem);
        throw withoutThem;
      }
    }
  }

  /** Makes the first batch: what rows hold is looked at only then. */
  private static void feed(DataSpec data, Set<String> unfed, ProbeContext context) {
    try (Feed feed = context.feed(data, context.model(), unfed)) {
      feed.next();
    }
  }

  private static boolean isNumber(String column, DataSpec data, ProbeContext context) {
    try (DataRows rows = DataRows.open(data.rowsOnly(), context::resolve)) {
      return rows.next()
          .flatMap((DataRow row) -> row.value(column))
          .filter(value -> SliceValues.number(value).isPresent())
          .isPresent();
    }
  }
}
