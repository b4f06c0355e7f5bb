package org.modelvitals.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.modelvitals.model.FreeDimensions;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelFiles;
import org.modelvitals.model.ModelPool;
import org.modelvitals.probe.ProbeException;

/**
 * The models of a run. A model is loaded when the first check needs it, shared by all suites that
 * mean the same bytes, device and options, and closed when the last of those suites has ended.
 */
final class SharedModels implements AutoCloseable {
  private final ModelPool pool = new ModelPool();
  private final ConcurrentHashMap<String, ModelFile> files = new ConcurrentHashMap<>();
  private final Map<String, RunnableSuite> unfinished = new LinkedHashMap<>();
  private final Map<ModelPool.Key, Model> held = new HashMap<>();
  private final Map<String, Map<ModelPool.Key, Model>> compared = new HashMap<>();
  private boolean closed;

  synchronized void expect(Collection<RunnableSuite> suites) {
    suites.forEach(suite -> unfinished.put(suite.id(), suite));
  }

  /**
   * The file of a suite's model.
   *
   * @throws ModelException if there is none: a model that is not there has failed; or if the suite
   *     gives sizes to dimensions that it does not have
   */
  ModelFile file(RunnableSuite suite) {
    ModelFile known = files.get(suite.id());
    if (known != null) {
      return known;
    }
    ModelFile file = ModelFiles.identify(locate(suite));
    FreeDimensions.require(suite.spec().session(), file.path());
    files.put(suite.id(), file);
    return file;
  }

  private static Path locate(RunnableSuite suite) {
    try {
      return suite.base().locate(suite.spec().model());
    } catch (ProbeException e) {
      throw new ModelException(ModelException.Reason.INVALID_MODEL, ProbeRunner.sentence(e), e);
    }
  }

  ModelPool.Key key(RunnableSuite suite) {
    return ModelPool.Key.of(file(suite), suite.spec().device(), suite.spec().session());
  }

  /** The suite's model, for one check, which closes it. */
  Model model(RunnableSuite suite) {
    return acquire(suite, file(suite).path(), held);
  }

  /** Another model for comparison, for one check, which closes it. */
  Model other(RunnableSuite suite, Path path) {
    Map<ModelPool.Key, Model> ofSuite;
    synchronized (this) {
      ofSuite = compared.computeIfAbsent(suite.id(), id -> new HashMap<>());
    }
    return acquire(suite, path, ofSuite);
  }

  /** Each check has a handle of its own; the run keeps another, so that the session stays. */
  private Model acquire(RunnableSuite suite, Path path, Map<ModelPool.Key, Model> keep) {
    Model mine = pool.acquire(path, suite.spec().device(), suite.spec().session());
    ModelPool.Key key =
        ModelPool.Key.of(mine.file(), suite.spec().device(), suite.spec().session());
    synchronized (this) {
      if (!closed && !keep.containsKey(key)) {
        keep.put(key, pool.acquire(path, suite.spec().device(), suite.spec().session()));
      }
    }
    return mine;
  }

  /** Closes what no other suite can still need. */
  void finished(RunnableSuite suite) {
    List<Model> done = new ArrayList<>();
    List<RunnableSuite> left;
    synchronized (this) {
      unfinished.remove(suite.id());
      left = List.copyOf(unfinished.values());
      Map<ModelPool.Key, Model> ofSuite = compared.remove(suite.id());
      if (ofSuite != null) {
        done.addAll(ofSuite.values());
      }
    }
    ModelFile file = files.get(suite.id());
    if (file != null && left.stream().noneMatch(other -> isSame(other, suite, file))) {
      synchronized (this) {
        Model model = held.remove(key(suite));
        if (model != null) {
          done.add(model);
        }
      }
    }
    done.forEach(Model::close);
  }

  /** Whether both mean one session. Files of another size are not hashed to find out. */
  private boolean isSame(RunnableSuite other, RunnableSuite suite, ModelFile file) {
    if (other.spec().device().name() != suite.spec().device().name()
        || !other.spec().session().equals(suite.spec().session())) {
      return false;
    }
    try {
      return Files.size(locate(other)) == file.size() && key(other).equals(key(suite));
    } catch (IOException | ModelException e) {
      return false;
    }
  }

  /** How many sessions were created; what sharing is measured by. */
  long loads() {
    return pool.loads();
  }

  /** How many sessions are open. */
  int open() {
    return pool.open();
  }

  @Override
  public void close() {
    List<Model> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayList<>(held.values());
      compared.values().forEach(models -> rest.addAll(models.values()));
      held.clear();
      compared.clear();
    }
    rest.forEach(Model::close);
  }
}
