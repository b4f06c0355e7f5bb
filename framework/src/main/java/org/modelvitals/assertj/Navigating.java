package org.modelvitals.assertj;

import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/** An assertion that leads to assertions over a part, which are soft if it is. */
abstract class Navigating<S extends Navigating<S, A>, A> extends AbstractAssert<S, A> {
  private @Nullable SoftAssertionsProvider soft;

  Navigating(A actual, Class<S> self) {
    super(actual, self);
  }

  /** Makes a proxy that collects failures lead to others that do. */
  static <T extends Navigating<T, ?>> T soft(T proxy, SoftAssertionsProvider collector) {
    Navigating<T, ?> assertion = proxy;
    assertion.soft = collector;
    return proxy;
  }

  <T extends Navigating<T, X>, X> T to(Class<T> type, Class<X> of, X part, Function<X, T> make) {
    SoftAssertionsProvider collector = soft;
    return collector == null ? make.apply(part) : soft(collector.proxy(type, of, part), collector);
  }
}
