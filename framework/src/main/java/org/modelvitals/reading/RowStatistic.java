package org.modelvitals.reading;

import java.util.Set;

/**
 * How a measurement comes about from what became of each row: for holding two runs against each
 * other on the same rows. Functions may be called from several threads.
 */
public sealed interface RowStatistic {

  /** The columns of {@link RowOutcomes} that it is made from. */
  Set<String> columns();

  /**
   * The mean of a value over rows; a share where the values are 0 and 1, as for accuracy.
   *
   * @param belongs which rows count; made from what is given alone, so that it is the same for
   *     every model
   */
  record Mean(Set<String> columns, Belongs belongs, Value value) implements RowStatistic {
    public Mean {
      columns = Set.copyOf(columns);
    }
  }

  /** Anything else, such as the mean F1 of classes. */
  record Whole(Set<String> columns, Statistic statistic) implements RowStatistic {
    public Whole {
      columns = Set.copyOf(columns);
    }
  }

  /** Whether a row counts. */
  interface Belongs {
    boolean test(RowOutcomes rows, int row);
  }

  /** The value of a row. */
  interface Value {
    double of(RowOutcomes rows, int row);
  }

  /** The statistic of some rows, of which some may come several times. */
  interface Statistic {
    double of(RowOutcomes rows, int[] chosen);
  }
}
