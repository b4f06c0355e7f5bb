package org.modelvitals.unit;

/** What a quantity is an amount of. Only quantities of one dimension can be compared. */
public enum Dimension {
  /** Counts, fractions and other bare numbers. */
  NUMBER,
  TIME,
  MEMORY,
  /** Events per second. */
  RATE,
  FREQUENCY,
  /** Logarithmic ratio, in decibels. */
  LEVEL,
  /** Entropy, log-probability and divergence. */
  INFORMATION
}
