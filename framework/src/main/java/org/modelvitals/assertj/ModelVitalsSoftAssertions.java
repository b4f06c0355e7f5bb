package org.modelvitals.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * Soft assertions: all failures are told together in the end.
 *
 * <pre>{@code
 * ModelVitalsSoftAssertions.assertSoftly(softly -> {
 *   softly.assertThat(reading).measurement("accuracy").isAtLeast(percent(97));
 *   softly.assertThat(reading).measurement("f1").isAtLeast(percent(95));
 * });
 * }</pre>
 */
public class ModelVitalsSoftAssertions extends AbstractSoftAssertions
    implements ModelVitalsSoftAssertionsProvider {

  /** Runs assertions and then throws for all that failed. */
  public static void assertSoftly(Consumer<ModelVitalsSoftAssertions> assertions) {
    SoftAssertionsProvider.assertSoftly(ModelVitalsSoftAssertions.class, assertions);
  }
}
