package org.modelvitals.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A process that runs a model with the input x on WebGPU and on the CPU, and prints both. */
final class RunOnGpu {
  private RunOnGpu() {}

  public static void main(String[] args) {
    ModelPool pool = new ModelPool();
    Path file = Path.of(args[0]);
    Map<String, Tensor> inputs =
        Map.of("x", Tensor.ofFloats(new float[] {0.5f, -0.25f, 0.125f, 0.75f}, 2, 2));
    try (Model gpu = pool.acquire(file, DeviceSpec.of(Device.WEBGPU), SessionSpec.DEFAULT);
        Model cpu = pool.acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT)) {
      System.out.println("BEFORE " + gpu.placement());
      Tensor expected = output(cpu.run(inputs));
      Tensor first = output(gpu.run(inputs));
      Tensor prepared;
      try (Model.Call call = gpu.prepare(inputs)) {
        call.run();
        prepared = output(call.outputs());
      }
      System.out.println("AFTER " + gpu.placement());
      double difference = 0;
      for (int i = 0; i < expected.size(); i++) {
        difference = Math.max(difference, Math.abs(expected.getDouble(i) - first.getDouble(i)));
        difference = Math.max(difference, Math.abs(expected.getDouble(i) - prepared.getDouble(i)));
      }
      System.out.println("VALUES " + expected.getDouble(0));
      System.out.println("DIFFERENCE " + difference);
    } catch (ModelException e) {
      System.out.println("REFUSED " + e.reason() + " " + e.getMessage());
    }
  }

  private static Tensor output(Map<String, Value> outputs) {
    return (Tensor) Objects.requireNonNull(outputs.get("y"));
  }
}
