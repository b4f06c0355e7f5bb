package org.modelvitals.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelFiles;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeException;

/**
 * The models of a run. A model is loaded when the first check needs it, shared by all suites that
 * mean the same bytes, device and options, and closed when the last of those suites has ended.
 */
final class SharedModels implements AutoCloseable {
  private final Settings settings;
  private final ModelPool pool = new ModelPool();
  private final Map<Key, Integer> suitesLeft = new HashMap<>();
  private final Map<Key, Model> open = new HashMap<>();
  private final Map<String, List<Model>> others = new HashMap<>();
  private boolean closed;

  SharedModels(Settings settings) {
    this.settings = settings;
  }

  /**
   * What makes two suites share a session. The file is its hash; its path, if it cannot be read.
   */
  record Key(String file, DeviceSpec device, SessionSpec session) {}

  DeviceSpec device(SuiteNode.Suite suite) {
    return settings.device(suite.spec().device());
  }

  SessionSpec session(SuiteNode.Suite suite) {
    SessionSpec asked = suite.spec().session();
    return settings
        .threads()
        .map(
            threads ->
                new SessionSpec(
                    threads,
                    asked.interOpThreads(),
                    asked.optimization(),
                    asked.execution(),
                    asked.deterministic(),
                    asked.dimensions(),
                    asked.config()))
        .orElse(asked);
  }

  Key key(SuiteNode.Suite suite) {
    return new Key(identity(suite), device(suite), session(suite));
  }

  private static String identity(SuiteNode.Suite suite) {
    try {
      return file(suite).sha256();
    } catch (ModelException | ProbeException e) {
      return suite.base().folder() + "|" + suite.spec().model();
    }
  }

  static ModelFile file(SuiteNode.Suite suite) {
    return ModelFiles.identify(suite.base().resolve(suite.spec().model()));
  }

  synchronized void expect(List<SuiteNode.Suite> suites) {
    suites.forEach(suite -> suitesLeft.merge(key(suite), 1, Integer::sum));
  }

  Model model(SuiteNode.Suite suite) {
    Key key = key(suite);
    Path path = suite.base().resolve(suite.spec().model());
    synchronized (this) {
      Model model = open.get(key);
      if (model != null) {
        return model;
      }
      requireOpen();
    }
    // Loading takes long: other suites must not wait for it. The pool loads equal models once.
    Model loaded = pool.acquire(path, key.device(), key.session());
    synchronized (this) {
      Model before = open.putIfAbsent(key, loaded);
      if (before == null) {
        return loaded;
      }
      loaded.close();
      return before;
    }
  }

  /** Another model for comparison, which stays open until the suite has ended. */
  Model other(SuiteNode.Suite suite, Path path) {
    Model model = pool.acquire(path, device(suite), session(suite));
    synchronized (this) {
      requireOpen();
      others.computeIfAbsent(suite.id(), id -> new ArrayList<>()).add(model);
    }
    return model;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the run has ended");
    }
  }

  void finished(SuiteNode.Suite suite) {
    List<Model> done = new ArrayList<>();
    Key key = key(suite);
    synchronized (this) {
      List<Model> compared = others.remove(suite.id());
      if (compared != null) {
        done.addAll(compared);
      }
      if (suitesLeft.merge(key, -1, Integer::sum) <= 0) {
        Model model = open.remove(key);
        if (model != null) {
          done.add(model);
        }
      }
    }
    done.forEach(Model::close);
  }

  /** Stops every call that is running. */
  void interrupt() {
    List<Model> running;
    synchronized (this) {
      running = new ArrayList<>(open.values());
      others.values().forEach(running::addAll);
    }
    running.forEach(Model::interrupt);
  }

  /** How many sessions were created; what sharing is measured by. */
  long loads() {
    return pool.loads();
  }

  @Override
  public void close() {
    List<Model> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayList<>(open.values());
      others.values().forEach(rest::addAll);
      open.clear();
      others.clear();
    }
    rest.forEach(Model::close);
  }
}
