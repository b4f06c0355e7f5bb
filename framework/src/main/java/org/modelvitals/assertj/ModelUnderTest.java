package org.modelvitals.assertj;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.run.Base;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.CheckRunner;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.SuiteSpec;

/**
 * A model that assertions are made over, and how it is run. Immutable; nothing is loaded before a
 * check needs it, and each check closes what it opened.
 *
 * @param path relative to the working directory; {@code classpath:} paths are looked up there
 * @param seed of everything random
 * @param timeout the longest that a check may take
 */
public record ModelUnderTest(
    String path, DeviceSpec device, SessionSpec session, long seed, Optional<Duration> timeout) {
  private static final long SEED = 42;

  /** The model at a path, on the CPU. */
  public static ModelUnderTest at(String path) {
    return new ModelUnderTest(path, DeviceSpec.CPU, SessionSpec.DEFAULT, SEED, Optional.empty());
  }

  /** The model at a path, on the CPU. */
  public static ModelUnderTest at(Path path) {
    return at(path.toString());
  }

  public ModelUnderTest on(Device kind) {
    return on(DeviceSpec.of(kind));
  }

  public ModelUnderTest on(DeviceSpec asked) {
    return new ModelUnderTest(path, asked, session, seed, timeout);
  }

  public ModelUnderTest with(SessionSpec options) {
    return new ModelUnderTest(path, device, options, seed, timeout);
  }

  public ModelUnderTest seed(long value) {
    return new ModelUnderTest(path, device, session, value, timeout);
  }

  public ModelUnderTest within(Duration longest) {
    return new ModelUnderTest(path, device, session, seed, Optional.of(longest));
  }

  CheckResult run(CheckSpec check) {
    ProbeRegistry registry = ProbeRegistry.load(Base.classLoader());
    try (CheckRunner runner = new CheckRunner(registry, seed, timeout, () -> false)) {
      return runner.run(suite(), check);
    }
  }

  RunnableSuite suite() {
    return new RunnableSuite(
        path,
        new SuiteSpec(name(), path, device, session, Set.of(), List.of()),
        Base.workingDirectory(),
        "an assertion");
  }

  private String name() {
    String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
