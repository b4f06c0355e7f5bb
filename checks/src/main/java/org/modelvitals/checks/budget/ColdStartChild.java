package org.modelvitals.checks.budget;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.modelvitals.isolation.ChildTask;
import org.modelvitals.isolation.ParentLink;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.Tensor;

/** Loads a model and calls it once, in a process that has not loaded the runtime before. */
final class ColdStartChild implements ChildTask {

  @Override
  public void run(ParentLink parent) throws IOException, InterruptedException {
    ChildRequest request = ChildRequest.read(Path.of(parent.hear()));
    try (Model model =
        new ModelPool().acquire(Path.of(request.model()), request.device(), request.session())) {
      parent.say(Double.toString(model.loadSeconds()));
      Map<String, Tensor> inputs = ChildCalls.readInputs(Path.of(parent.hear()));
      long before = System.nanoTime();
      model.run(inputs);
      parent.say(Double.toString((double) (System.nanoTime() - before) * 1e-9));
    }
  }
}
