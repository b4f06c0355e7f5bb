package org.modelvitals.checks.budget;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.isolation.ChildJvm;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * Measures the resident memory that a model adds, in a fresh process, so that nothing else of this
 * one is counted, and so that a model that crashes or hangs hurts nobody. Native memory is
 * included, which a JVM's own figures do not show.
 */
public final class MemoryProbe implements ProbeType<MemorySpec> {
  /** One thread collects and the heap is touched at once: its size is known and is subtracted. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms48m",
          "-XX:+AlwaysPreTouch",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=1t");

  @Override
  public String keyword() {
    return "memory";
  }

  @Override
  public Class<MemorySpec> specification() {
    return MemorySpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number("loaded", Unit.BYTES, "Resident memory that loading adds."),
        MeasurementInfo.number(
            "peak",
            Unit.BYTES,
            "The most resident memory that loading and running the model added at any time."),
        MeasurementInfo.number(
            "growth per call",
            Unit.BYTES,
            "Resident memory that each call adds and does not give back: the Theil-Sen slope over"
                + " the second half of the calls, or, if that is more, the steps of 1 MiB and"
                + " above after the first quarter; the largest single step is left out."),
        MeasurementInfo.number(
            "after close", Unit.BYTES, "Resident memory that is left after the model was closed."));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public Reading probe(MemorySpec specification, ProbeContext context)
      throws IOException, InterruptedException {
    ModelFile file = context.modelFile();
    try (ChildJvm child =
        ChildJvm.start(MemoryChild.class, "the process with " + file.path(), OPTIONS)) {
      Path request = child.folder().resolve("request");
      try (DataOutputStream out = open(request)) {
        new ChildRequest(
                file.path().toString(),
                context.device(),
                context.session(),
                GeneratedInputs.feedback(specification.data()),
                specification.calls())
            .write(out);
      }
      child.say(request.toString());
      return converse(specification, context, child);
    }
  }

  private static Reading converse(MemorySpec specification, ProbeContext context, ChildJvm child)
      throws IOException, InterruptedException {
    MemoryTally tally = new MemoryTally(specification.calls());
    long deadline = System.nanoTime() + (long) (specification.timeout() * 1e9);
    child.doing("loading it");
    boolean closed = false;
    while (!closed) {
      String line =
          child.hear(
              () -> {
                context.progress().at(tally.calls(), specification.calls(), "calls");
                if (System.nanoTime() - deadline > 0) {
                  throw late(specification, context, child);
                }
              });
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "loaded" -> {
          tally.loaded(Long.parseLong(words[1]));
          // Only now, when it has been seen to load elsewhere, is the model loaded here.
          Path inputs = child.folder().resolve("inputs");
          writeInputs(specification, context, inputs);
          child.doing("making %d calls".formatted(specification.calls()));
          child.say(inputs.toString());
        }
        case "sample" -> tally.sample(Long.parseLong(words[1]), Long.parseLong(words[2]));
        case "peak" -> {
          tally.peak(Long.parseLong(words[1]));
          child.doing("closing it");
        }
        case "closed" -> {
          tally.closed(Long.parseLong(words[1]));
          closed = true;
        }
        default -> throw new IllegalStateException("the process said '" + line + "'");
      }
    }
    return tally.reading();
  }

  private static ModelException late(
      MemorySpec specification, ProbeContext context, ChildJvm child) {
    return new ModelException(
        ModelException.Reason.RUN_FAILED,
        "the process with %s was ended after %s,%s"
            .formatted(
                context.modelFile().path(),
                Quantity.seconds(specification.timeout()).display(),
                child.circumstances()));
  }

  private static void writeInputs(MemorySpec specification, ProbeContext context, Path target)
      throws IOException {
    Model model = context.model();
    DataSpec data =
        GeneratedInputs.complete(specification.data(), model.signature(), context.session());
    try (Feed feed = context.feed(data, model);
        DataOutputStream out = open(target)) {
      Batch first =
          feed.next()
              .orElseThrow(
                  () -> new ProbeException("the data has no rows, so there is nothing to call"));
      ChildRequest.writeTensors(out, first.inputs());
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }
}
