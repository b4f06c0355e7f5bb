package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeContext;

/** What a model is timed against: another model, or one of the two yardsticks. */
final class Reference implements AutoCloseable {
  private final LatencyRatioSpec specification;
  private final ProbeContext context;
  private final @Nullable Yardstick yardstick;
  private final @Nullable Model model;

  private Reference(
      LatencyRatioSpec specification,
      ProbeContext context,
      @Nullable Yardstick yardstick,
      @Nullable Model model) {
    this.specification = specification;
    this.context = context;
    this.yardstick = yardstick;
    this.model = model;
  }

  /** Loads it, in a session of its own: a model can be held against itself. */
  static Reference open(LatencyRatioSpec specification, ProbeContext context, SessionSpec session) {
    String name = specification.against();
    if (name.equals(LatencyRatioSpec.JAVA_YARDSTICK)) {
      return new Reference(specification, context, null, null);
    }
    Yardstick yardstick = name.equals(LatencyRatioSpec.YARDSTICK) ? Yardstick.write() : null;
    try {
      Model model =
          ReferenceCalls.attempt(
              name,
              () ->
                  context.ownModel(
                      yardstick == null ? context.resolve(name) : yardstick.file(),
                      context.device(),
                      session));
      return new Reference(specification, context, yardstick, model);
    } catch (RuntimeException e) {
      if (yardstick != null) {
        yardstick.close();
      }
      throw e;
    }
  }

  /** The calls of the suite's model, which is fed nothing that only the reference takes. */
  TimedCalls tested(Model tested) {
    Model other = isFed() ? model : null;
    return CallSource.open(fed(tested, other), context, tested);
  }

  /** Its own calls, which are fed nothing that only the suite's model takes. */
  TimedCalls calls(Model tested) {
    Model own = model;
    if (own == null) {
      return new JavaYardstick();
    }
    String name = specification.against();
    return new ReferenceCalls(
        name,
        ReferenceCalls.attempt(
            name, () -> CallSource.open(isFed() ? fed(own, tested) : null, context, own)));
  }

  /** A yardstick takes what is made for it. */
  private boolean isFed() {
    return model != null && yardstick == null;
  }

  private @Nullable DataSpec fed(Model taking, @Nullable Model other) {
    DataSpec data = specification.data();
    return data == null || other == null
        ? data
        : data.onlyInputs(
            input ->
                taking.signature().input(input).isPresent()
                    || other.signature().input(input).isEmpty());
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
    if (yardstick != null) {
      yardstick.close();
    }
  }
}
