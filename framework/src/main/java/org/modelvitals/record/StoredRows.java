package org.modelvitals.record;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.RowColumn;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.verdict.PairedRows;

/**
 * What became of each row, in few characters. Which rows they were is told by a fingerprint of each
 * block of rows; a row is its number in the data. Of words only those are written that differ from
 * what the data say, such as the rows that are wrong.
 *
 * @param count how many rows there are
 * @param block how many of them have one fingerprint
 * @param prints the fingerprints, in order, several in a line
 */
public record StoredRows(
    int count,
    int block,
    List<String> prints,
    List<StoredWords> words,
    List<StoredNumbers> numbers) {

  private static final int LEAST_BLOCK = 64;
  private static final int MOST_BLOCKS = 256;
  private static final int PRINTS_IN_LINE = 10;

  /** Of more rows than this no numbers are written. */
  private static final int MOST_NUMBERS = 20_000;

  private static final Pattern BLANK = Pattern.compile(" ");
  private static final HexFormat HEX = HexFormat.of();

  public StoredRows {
    prints = List.copyOf(prints);
    words = List.copyOf(words);
    numbers = List.copyOf(numbers);
    if (count < 0 || block < 1 || (count + block - 1) / block != prints(prints).size()) {
      throw new IllegalArgumentException(
          "%d rows in blocks of %d have not %d fingerprints"
              .formatted(count, block, prints(prints).size()));
    }
  }

  private static List<String> prints(List<String> lines) {
    return lines.stream().flatMap(BLANK::splitAsStream).toList();
  }

  /** What is worth keeping of {@code rows}: the columns of these names. */
  public static StoredRows of(RowOutcomes rows, Set<String> columns) {
    int block = LEAST_BLOCK;
    while ((rows.size() + block - 1) / block > MOST_BLOCKS) {
      block *= 2;
    }
    List<String> prints = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int from = 0; from < rows.size(); from += block) {
      line.append(line.isEmpty() ? "" : " ")
          .append(print(rows, from, Math.min(rows.size(), from + block)));
      if (from / block % PRINTS_IN_LINE == PRINTS_IN_LINE - 1) {
        prints.add(line.toString());
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      prints.add(line.toString());
    }
    List<StoredWords> words = new ArrayList<>();
    List<StoredNumbers> numbers = new ArrayList<>();
    for (RowColumn column : rows.columns()) {
      if (!columns.contains(column.name())) {
        continue;
      }
      if (column instanceof RowColumn.Words said && !said.given()) {
        words.add(StoredWords.of(said, rows));
      } else if (column instanceof RowColumn.Numbers values && rows.size() <= MOST_NUMBERS) {
        numbers.add(StoredNumbers.of(values, rows.size()));
      }
    }
    return new StoredRows(rows.size(), block, prints, words, numbers);
  }

  private static String print(RowOutcomes rows, int from, int to) {
    long folded = (long) to - from;
    for (int row = from; row < to; row++) {
      folded = (folded ^ rows.print(row)) * 0x9e3779b97f4a7c15L;
      folded ^= folded >>> 29;
    }
    return HEX.toHexDigits((int) (folded >>> 32));
  }

  /** Pairs these rows with those of a later run. */
  public PairedRows pair(RowOutcomes now) {
    BitSet same = same(now);
    List<RowColumn> here = new ArrayList<>();
    List<RowColumn> before = new ArrayList<>();
    for (RowColumn column : now.columns()) {
      RowColumn kept = column;
      if (column instanceof RowColumn.Words said) {
        StoredWords stored = words(said.name());
        if (said.given()) {
          before.add(said);
        } else if (stored != null) {
          List<String> all = stored.vocabulary(said);
          kept = stored.renumbered(said, all, now.size());
          before.add(stored.restore(now, all));
        }
      }
      here.add(kept);
    }
    numbers.forEach(stored -> before.add(stored.restore(now.size())));
    return new PairedRows(now.with(before), now.with(here), same, unpaired(now, same));
  }

  private @Nullable StoredWords words(String name) {
    return words.stream().filter(stored -> stored.column().equals(name)).findFirst().orElse(null);
  }

  private BitSet same(RowOutcomes now) {
    BitSet same = new BitSet();
    List<String> all = prints(prints);
    for (int i = 0; i < all.size(); i++) {
      int from = i * block;
      int to = Math.min(count, from + block);
      if (to <= now.size() && print(now, from, to).equals(all.get(i))) {
        same.set(from, to);
      }
    }
    return same;
  }

  private String unpaired(RowOutcomes now, BitSet same) {
    int pairs = same.cardinality();
    if (pairs == count && pairs == now.size()) {
      return "";
    }
    int first = same.nextClearBit(0);
    return pairs == 0
        ? String.format(
            Locale.ROOT,
            "none of the %,d rows is one of the %,d of the approved run: the data are others",
            now.size(),
            count)
        : String.format(
            Locale.ROOT,
            "%,d of %,d rows are those of the approved run, which had %,d; the data changed, first among rows %,d to %,d",
            pairs,
            now.size(),
            count,
            first + 1,
            Math.max(first + 1, Math.min(first + block, Math.max(count, now.size()))));
  }
}
