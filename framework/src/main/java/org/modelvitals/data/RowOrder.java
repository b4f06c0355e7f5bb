package org.modelvitals.data;

/** In what order the rows of a dataset are read. */
public enum RowOrder {
  /** One after the other, none of them kept. */
  AS_THEY_COME,
  /** One after the other, their number known from the beginning: they are kept in memory. */
  COUNTED,
  /** At random, each once, by the seed of the run: they are kept in memory. */
  RANDOM
}
