package org.modelvitals.data;

/** A value that cannot become an element; whoever knows the place makes a sentence of it. */
final class Misfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Misfit(String message) {
    super(message);
  }
}
