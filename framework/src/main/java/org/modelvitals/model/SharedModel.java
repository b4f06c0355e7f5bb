package org.modelvitals.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** One holder's handle on a model that others hold as well. */
final class SharedModel implements Model {
  private final ModelFile file;
  private final OrtModel model;
  private final Runnable release;
  private final RunningCalls mine = new RunningCalls();
  private final Set<Recurrence> recurrences = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedModel(ModelFile file, OrtModel model, Runnable release) {
    this.file = file;
    this.model = model;
    this.release = release;
  }

  @Override
  public ModelFile file() {
    return file;
  }

  @Override
  public Signature signature() {
    return model.signature();
  }

  @Override
  public DeviceSpec device() {
    return model.device();
  }

  @Override
  public SessionSpec session() {
    return model.session();
  }

  @Override
  public double loadSeconds() {
    return model.loadSeconds();
  }

  @Override
  public Map<String, Value> run(Map<String, Tensor> inputs) {
    return model.run(inputs, mine);
  }

  @Override
  public Call prepare(Map<String, Tensor> inputs) {
    return model.prepare(inputs, mine);
  }

  @Override
  public Recurrence recurrence(Map<String, String> carried, Set<String> kept) {
    Recurrence recurrence = model.recurrence(carried, kept, mine, recurrences::remove);
    recurrences.add(recurrence);
    return recurrence;
  }

  @Override
  public Optional<Placement> placement() {
    return model.placement();
  }

  /** Stops the calls of this holder and of no other. */
  @Override
  public void interrupt() {
    mine.interrupt();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      recurrences.forEach(Recurrence::close);
      release.run();
    }
  }
}
