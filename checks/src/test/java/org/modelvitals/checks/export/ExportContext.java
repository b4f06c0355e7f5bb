package org.modelvitals.checks.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.Progress;

/** A probe's surroundings without an engine; paths are relative to the model's folder. */
final class ExportContext implements ProbeContext, AutoCloseable {
  private final ModelPool pool = new ModelPool();
  private final Model model;
  private final List<Model> others = new ArrayList<>();
  private final long seed;

  ExportContext(Path model) {
    this(model, 1);
  }

  ExportContext(Path model, long seed) {
    this.model = pool.acquire(model, DeviceSpec.CPU, SessionSpec.DEFAULT);
    this.seed = seed;
  }

  /** With a model that no runtime loads. */
  ExportContext(Model model, long seed) {
    this.model = model;
    this.seed = seed;
  }

  @Override
  public ModelFile modelFile() {
    return model.file();
  }

  @Override
  public DeviceSpec device() {
    return DeviceSpec.CPU;
  }

  @Override
  public SessionSpec session() {
    return SessionSpec.DEFAULT;
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public Model model(String path) {
    Model other = pool.acquire(resolve(path), DeviceSpec.CPU, SessionSpec.DEFAULT);
    others.add(other);
    return other;
  }

  @Override
  public Path resolve(String path) {
    Path folder = Objects.requireNonNull(model.file().path().toAbsolutePath().getParent());
    Path file = folder.resolve(path);
    if (!Files.exists(file)) {
      throw new ProbeException("there is no " + path);
    }
    return file;
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Progress progress() {
    return Progress.unwatched();
  }

  @Override
  public void close() {
    others.forEach(Model::close);
    model.close();
  }
}
