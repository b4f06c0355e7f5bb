package org.modelvitals.engine;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.modelvitals.data.DataException;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Placement;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Status;

/** Runs one probe and turns whatever happens into how it ended. */
final class ProbeRunner {
  private ProbeRunner() {}

  static <S extends ProbeSpec> Probed run(
      ProbeType<S> type, S specification, CheckNode node, RunContext context) {
    try (Watch.Deadline deadline =
        context.watch().start(context.settings().timeout(), context.models()::interrupt)) {
      EngineProbeContext probeContext =
          new EngineProbeContext(node.suite(), context, node.check().name(), deadline);
      try {
        Reading reading = type.probe(specification, probeContext);
        return misplaced(probeContext).orElseGet(() -> Probed.of(reading));
      } catch (CancellationException e) {
        return stopped(deadline, e);
      } catch (ModelException e) {
        return e.reason() == ModelException.Reason.CANCELLED
            ? stopped(deadline, e)
            : Probed.ended(status(e, probeContext.device()), sentence(e), e);
      } catch (ProbeException | DataException e) {
        return Probed.ended(Status.ERROR, sentence(e), e);
      } catch (OutOfMemoryError | StackOverflowError e) {
        return Probed.ended(
            Status.ERROR, "the JVM ran out of resources while probing: " + sentence(e), e);
      } catch (Exception | LinkageError | AssertionError e) {
        return Probed.ended(
            Status.ERROR,
            "the probe '%s' broke: %s: %s"
                .formatted(type.keyword(), e.getClass().getSimpleName(), sentence(e)),
            e);
      } finally {
        context.recorder().placed(node.suite(), probeContext.placement());
      }
    }
  }

  private static Probed stopped(Watch.Deadline deadline, Exception e) {
    if (deadline.over()) {
      return Probed.ended(
          Status.FAILED,
          "the check took longer than %d s and was stopped"
              .formatted(deadline.timeout().orElseThrow().toSeconds()),
          e);
    }
    return Probed.ended(Status.SKIPPED, "the run was cancelled", e);
  }

  private static Status status(ModelException e, DeviceSpec device) {
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
  private static Optional<Probed> misplaced(EngineProbeContext context) {
    Device asked = context.device().name();
    Optional<Placement> placement = context.placement();
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

  private static String sentence(Throwable e) {
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }
}
