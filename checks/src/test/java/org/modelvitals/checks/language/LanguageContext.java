package org.modelvitals.checks.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.Progress;

/** A probe's surroundings without an engine. */
record LanguageContext(Model model, Path folder) implements ProbeContext {

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
  public Model model(String path) {
    throw new UnsupportedOperationException(path);
  }

  @Override
  public Path resolve(String path) {
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
    return 1;
  }

  @Override
  public Progress progress() {
    return Progress.unwatched();
  }
}
