package org.modelvitals.yaml;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first needed, so that types can refer to themselves. */
final class Later<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  Later(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T value = made;
    if (value == null) {
      value = maker.get();
      made = value;
    }
    return value;
  }
}
