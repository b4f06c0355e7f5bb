package org.modelvitals.run;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.modelvitals.data.DataException;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Placement;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Status;

/** Runs one probe and turns whatever happens into how it ended. */
final class ProbeRunner {
  private ProbeRunner() {}

  static <S extends ProbeSpec> Probed run(
      ProbeType<S> type, S specification, RunProbeContext context, Supervisor.Stop stop) {
    return caught(
            type.keyword(),
            context.device(),
            stop,
            () -> {
              stop.check();
              Reading reading = type.probe(specification, context);
              return misplaced(context.device().name(), context.placement())
                  .orElseGet(() -> reading(reading, type));
            })
        .placed(context.placement());
  }

  /** Does the work, and turns whatever it throws into how it ended. */
  static Probed caught(
      String keyword, DeviceSpec device, Supervisor.Stop stop, Callable<Probed> work) {
    try {
      return work.call();
    } catch (CancellationException e) {
      return stop.requested() ? stop.stopped(e) : broke(keyword, e);
    } catch (ModelException e) {
      return stop.requested() ? stop.stopped(e) : Probed.ended(status(e, device), sentence(e), e);
    } catch (NotApplicableException e) {
      return stop.requested() ? stop.stopped(e) : Probed.ended(Status.SKIPPED, sentence(e), e);
    } catch (ProbeException | DataException e) {
      return stop.requested() ? stop.stopped(e) : Probed.ended(Status.ERROR, sentence(e), e);
    } catch (OutOfMemoryError e) {
      return Probed.ended(
          Status.ERROR,
          "the JVM ran out of memory (%s) while probing; its heap is %d MiB, set with -Xmx"
              .formatted(e.getMessage(), Runtime.getRuntime().maxMemory() >> 20),
          e);
    } catch (Throwable e) {
      return stop.requested() ? stop.stopped(e) : broke(keyword, e);
    }
  }

  @SuppressWarnings("ConstantValue") // probes that others wrote are not checked for null
  private static Probed reading(Reading reading, ProbeType<?> type) {
    return reading == null
        ? Probed.ended(
            Status.ERROR, "the probe '%s' returned no reading".formatted(type.keyword()), null)
        : Probed.of(reading);
  }

  private static Probed broke(String keyword, Throwable e) {
    return Probed.ended(
        Status.ERROR,
        "the probe '%s' broke: %s"
            .formatted(
                keyword,
                e.getMessage() == null
                    ? e.getClass().getName()
                    : e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }

  static Status status(ModelException e, DeviceSpec device) {
    return switch (e.reason()) {
      case INVALID_MODEL, RUN_FAILED -> Status.FAILED;
      case NOT_IMPLEMENTED, CANCELLED -> Status.SKIPPED;
      case DEVICE_MISSING -> device.required() ? Status.FAILED : Status.SKIPPED;
      case BAD_INPUT -> Status.ERROR;
    };
  }

  /**
   * A runtime may accept a provider and run everything on the CPU without a word
   * (microsoft/onnxruntime#23372); a reading made so is not about the device that was asked for.
   */
  static Optional<Probed> misplaced(Device asked, Optional<Placement> placement) {
    if (asked == Device.CPU || placement.isEmpty() || placement.get().on(asked) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        Probed.ended(
            Status.FAILED,
            "the suite asked for %s, but none of the model's %d nodes ran there: %s"
                .formatted(asked, placement.get().total(), placement.get().nodes()),
            null));
  }

  static String sentence(Throwable e) {
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }
}
