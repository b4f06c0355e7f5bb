package org.modelvitals.model;

import org.jspecify.annotations.Nullable;

/**
 * One dimension of a declared shape.
 *
 * @param size the fixed size, or -1 if it is free
 * @param name the name of a free dimension, if it has one
 */
public record Dim(long size, @Nullable String name) {
  public static Dim fixed(long size) {
    return new Dim(size, null);
  }

  public static Dim free(@Nullable String name) {
    return new Dim(-1, name);
  }

  public boolean isFree() {
    return size < 0;
  }

  @Override
  public String toString() {
    return size >= 0 ? Long.toString(size) : name == null ? "?" : name;
  }
}
