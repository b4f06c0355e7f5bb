package org.modelvitals.assertj;

import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.error.DescriptionFormatter;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

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

  /** Says that there is no such part, at once unless failures are collected. */
  void requirePresent(boolean present, Supplier<String> sentence) {
    if (!present && soft == null) {
      throw failure(sentence.get());
    }
  }

  /** A failure in the words of {@code overridingErrorMessage} if there are some. */
  AssertionError failure(String sentence) {
    String own = info.overridingErrorMessage();
    return new AssertionFailedError(described(own == null ? sentence : own));
  }

  /** The same with what an IDE shows side by side. */
  AssertionError failure(String sentence, Object expected, Object found) {
    String own = info.overridingErrorMessage();
    return new AssertionFailedError(described(own == null ? sentence : own), expected, found);
  }

  private String described(String message) {
    return DescriptionFormatter.instance().format(info.description()) + message;
  }

  <T extends Navigating<T, X>, X> T to(Class<T> type, Class<X> of, X part, Function<X, T> make) {
    SoftAssertionsProvider collector = soft;
    return collector == null ? make.apply(part) : soft(collector.proxy(type, of, part), collector);
  }
}
