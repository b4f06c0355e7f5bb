package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.Progress;
import org.modelvitals.reading.Reading;

/** Runs probes without an engine, with a model that is loaded already. */
final class BenchmarkContext implements ProbeContext, AutoCloseable {
  private final Model model;

  BenchmarkContext(Path file, @Nullable Integer threads) {
    SessionSpec session =
        new SessionSpec(
            threads,
            null,
            SessionSpec.DEFAULT.optimization(),
            SessionSpec.DEFAULT.execution(),
            false,
            Map.of(),
            Map.of());
    this.model = new ModelPool().acquire(file, DeviceSpec.CPU, session);
  }

  /** A number that the probe is known to give. */
  static double value(Reading reading, String measurement) {
    return Objects.requireNonNull(reading.measurement(measurement).orElseThrow().value());
  }

  @Override
  public ModelFile modelFile() {
    return model.file();
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
  public Model model() {
    return model;
  }

  @Override
  public Model model(String path) {
    throw new ProbeException("there is one model only");
  }

  @Override
  public Path resolve(String path) {
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw new ProbeException("there is no " + file);
    }
    return file;
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
    return Feeds.open(data, this::resolve, fed.signature(), Map.of(), seed(), reserved);
  }

  @Override
  public long seed() {
    return 42;
  }

  @Override
  public Progress progress() {
    return Progress.unwatched();
  }

  @Override
  public void close() {
    model.close();
  }
}
