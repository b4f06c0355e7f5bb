package org.modelvitals.checks.budget;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.isolation.ChildJvm;
import org.modelvitals.isolation.ChildTask;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.unit.Quantity;

/**
 * A process that measures a model while it calls it. It is given a {@link ChildRequest}, says when
 * it has loaded the model, gets the inputs, and says what it measures.
 */
final class MeasuringChild implements AutoCloseable {
  private final ProbeContext context;
  private final @Nullable DataSpec data;
  private final ChildRequest request;
  private final long deadline;
  private final ChildJvm child;

  private MeasuringChild(
      ProbeContext context, @Nullable DataSpec data, ChildRequest request, ChildJvm child) {
    this.context = context;
    this.data = data;
    this.request = request;
    this.child = child;
    this.deadline = System.nanoTime() + (long) (request.seconds() * 1e9);
  }

  /**
   * Starts the process.
   *
   * @param options of its JVM
   * @param seconds after which it is ended
   */
  static MeasuringChild start(
      Class<? extends ChildTask> task,
      List<String> options,
      ProbeContext context,
      @Nullable DataSpec data,
      long calls,
      double seconds)
      throws IOException {
    Path model = context.modelFile().path();
    ChildRequest request =
        new ChildRequest(
            model.toString(),
            context.device(),
            context.session(),
            GeneratedInputs.feedback(data),
            calls,
            seconds);
    ChildJvm jvm = ChildJvm.start(task, "the process with " + model, options);
    try {
      Path file = jvm.folder().resolve("request");
      try (DataOutputStream out = open(file)) {
        request.write(out);
      }
      jvm.say(file.toString());
    } catch (IOException | RuntimeException e) {
      jvm.close();
      throw e;
    }
    jvm.doing("loading it");
    return new MeasuringChild(context, data, request, jvm);
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  long pid() {
    return child.pid();
  }

  void say(String what) {
    child.say(what);
  }

  void doing(String what) {
    child.doing(what);
  }

  /**
   * The next thing that it says.
   *
   * @param done how many calls were made
   * @throws ModelException if it ended, or said nothing until the time was over
   */
  String hear(long done) throws InterruptedException {
    requireTime();
    return child.hear(
        () -> {
          context.progress().at(done, Math.max(done, request.calls()), "calls");
          requireTime();
        });
  }

  private void requireTime() {
    if (System.nanoTime() - deadline > 0) {
      throw new ModelException(
          ModelException.Reason.RUN_FAILED,
          "the process with %s was ended after %s,%s"
              .formatted(
                  context.modelFile().path(),
                  Quantity.seconds(request.seconds()).display(),
                  child.circumstances()));
    }
  }

  /** Gives it the inputs. Only now, when it has been seen to load elsewhere, it is loaded here. */
  void feed() throws IOException {
    Model model = context.model();
    DataSpec complete = GeneratedInputs.complete(data, model, context.session());
    Path file = child.folder().resolve("inputs");
    try (Feed feed = context.feed(complete, model);
        DataOutputStream out = open(file)) {
      Batch first =
          feed.next()
              .orElseThrow(
                  () -> new ProbeException("the data has no rows, so there is nothing to call"));
      ChildRequest.writeTensors(out, first.inputs());
    }
    child.doing("making %,d calls".formatted(request.calls()));
    child.say(file.toString());
  }

  @Override
  public void close() {
    child.close();
  }
}
