package org.modelvitals.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.Progress;

/** What one probe of one suite sees of the run. */
final class EngineProbeContext implements ProbeContext {
  private final SuiteNode.Suite suite;
  private final RunContext run;
  private final Progress progress;
  private @Nullable Model model;

  EngineProbeContext(SuiteNode.Suite suite, RunContext run, String check, Watch.Deadline deadline) {
    this.suite = suite;
    this.run = run;
    this.progress = new WatchedProgress(suite.spec().name() + " > " + check, deadline);
  }

  @Override
  public ModelFile modelFile() {
    return SharedModels.file(suite);
  }

  @Override
  public DeviceSpec device() {
    return run.models().device(suite);
  }

  @Override
  public SessionSpec session() {
    return run.models().session(suite);
  }

  @Override
  public Model model() {
    Model known = model;
    if (known == null) {
      known = run.models().model(suite);
      model = known;
    }
    return known;
  }

  @Override
  public Model model(String path) {
    return run.models().other(suite, resolve(path));
  }

  @Override
  public Path resolve(String path) {
    return suite.base().resolve(path);
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
    return Feeds.open(
        data, this::resolve, fed.signature(), session().dimensions(), seed(), reserved);
  }

  @Override
  public long seed() {
    return run.settings().seed();
  }

  @Override
  public Progress progress() {
    return progress;
  }

  /** Where the nodes of the suite's model ran, if this probe ran it. */
  Optional<Placement> placement() {
    return model == null ? Optional.empty() : model.placement();
  }
}
