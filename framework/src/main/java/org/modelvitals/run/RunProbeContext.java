package org.modelvitals.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.data.Perturbations;
import org.modelvitals.data.RowOrder;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.Progress;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** What one probe of one suite sees of the run. */
final class RunProbeContext implements ProbeContext, AutoCloseable {
  private final RunnableSuite suite;
  private final SharedModels models;
  private final long seed;
  private final Progress progress;
  private final Optional<EarlyPass> early;
  private final List<Expectation> expected;
  private final List<Model> handles = new CopyOnWriteArrayList<>();
  private volatile @Nullable Model model;

  /**
   * @param early says when a pass over data may end before the data do
   * @param expected what a probe that adapts is expected to find
   */
  RunProbeContext(
      RunnableSuite suite,
      SharedModels models,
      long seed,
      Progress progress,
      Optional<EarlyPass> early,
      List<Expectation> expected) {
    this.suite = suite;
    this.models = models;
    this.seed = seed;
    this.progress = progress;
    this.early = early;
    this.expected = expected;
  }

  @Override
  public ModelFile modelFile() {
    return models.file(suite);
  }

  @Override
  public DeviceSpec device() {
    return suite.spec().device();
  }

  @Override
  public SessionSpec session() {
    return suite.spec().session();
  }

  @Override
  public synchronized Model model() {
    Model known = model;
    if (known == null) {
      known = models.model(suite);
      handles.add(known);
      model = known;
    }
    return known;
  }

  @Override
  public Model model(String path) {
    Model other = models.other(suite, resolve(path));
    handles.add(other);
    return other;
  }

  @Override
  public Model ownModel(Path file, DeviceSpec device, SessionSpec session) {
    Model own = ProbeContext.super.ownModel(file, device, session);
    handles.add(own);
    return own;
  }

  @Override
  public Path resolve(String path) {
    return suite.base().resolve(path);
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
    return feed(data, fed, reserved, Perturbations.NONE);
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved, Perturbations perturbations) {
    return Feeds.open(
        data,
        this::resolve,
        fed.signature(),
        session().dimensions(),
        seed,
        reserved,
        early.map(EarlyPass::order).orElse(RowOrder.AS_THEY_COME),
        perturbations);
  }

  @Override
  public boolean isDecided(long rows, long total, Supplier<Reading> soFar) {
    return early.filter(pass -> pass.isDecided(rows, total, soFar)).isPresent();
  }

  @Override
  public List<Expectation> expectations() {
    return expected;
  }

  @Override
  public boolean keepsRows() {
    return suite.spec().baseline() != null;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  /** Where the nodes of the suite's model ran, if this probe ran it. */
  Optional<Placement> placement() {
    Model known = model;
    return known == null ? Optional.empty() : known.placement();
  }

  /** Stops the calls that this probe is making, and no others. */
  void interrupt() {
    handles.forEach(Model::interrupt);
  }

  @Override
  public void close() {
    handles.forEach(Model::close);
  }
}
