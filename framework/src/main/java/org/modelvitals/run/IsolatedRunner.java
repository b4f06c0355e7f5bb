package org.modelvitals.run;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.modelvitals.isolation.ChildJvm;
import org.modelvitals.probe.Progress;
import org.modelvitals.record.DataJson;

/** Has a probe run in a process of its own, and takes over how it ended. */
final class IsolatedRunner {
  private IsolatedRunner() {}

  /**
   * Runs the probe.
   *
   * @throws org.modelvitals.model.ModelException if the process came to an end that it should not
   */
  static Probed run(
      IsolatedPass.Request request, String model, Progress progress, Supervisor.Stop stop) {
    try (ChildJvm child =
        ChildJvm.start(IsolatedChild.class, "the process with " + model, List.of())) {
      try {
        child.say(DataJson.write(request));
        child.doing("running the check");
        while (true) {
          IsolatedPass.Said said = DataJson.read(child.hear(stop::check), IsolatedPass.Said.class);
          if (said.result() != null) {
            return said.result().probed();
          }
          IsolatedPass.Step step = said.step();
          if (step != null) {
            progress.at(step.done(), step.total(), step.unit());
            child.doing("running the check, after " + step);
          }
        }
      } catch (CancellationException | InterruptedException e) {
        return stop.stopped(e).because(child.circumstances());
      }
    }
  }
}
