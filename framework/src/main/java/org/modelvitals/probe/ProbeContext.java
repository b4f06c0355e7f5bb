package org.modelvitals.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Perturbations;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** What the engine gives a probe while it runs. */
public interface ProbeContext {

  /** The model's file; nothing is loaded. */
  ModelFile modelFile();

  /** The device that was asked for, after overrides from outside. */
  DeviceSpec device();

  SessionSpec session();

  /** The suite's model, loaded on first use and shared with other checks. Do not close it. */
  Model model();

  /** Another model, on the same device and options, for comparison. Do not close it. */
  Model model(String path);

  /**
   * A model in a session of its own, shared with nobody: for comparing sessions, devices and
   * options. The caller closes it.
   */
  default Model ownModel(Path file, DeviceSpec device, SessionSpec session) {
    return new ModelPool().acquire(file, device, session);
  }

  /**
   * The file or folder of a path in the suite.
   *
   * @throws ProbeException with the nearest existing name if there is none
   */
  Path resolve(String path);

  /** Opens data for feeding {@code model}; the caller closes it. */
  default Feed feed(DataSpec data, Model model) {
    return feed(data, model, Set.of());
  }

  /**
   * Opens data for feeding {@code model}; the caller closes it.
   *
   * @param reserved columns that the probe reads itself, such as the label: they are not fed to the
   *     model unless the declaration names them as an input
   */
  Feed feed(DataSpec data, Model model, Set<String> reserved);

  /** Opens data whose rows are changed before they are fed; the caller closes it. */
  default Feed feed(DataSpec data, Model model, Set<String> reserved, Perturbations perturbations) {
    if (!perturbations.steps().isEmpty()) {
      throw new UnsupportedOperationException("rows cannot be changed here");
    }
    return feed(data, model, reserved);
  }

  /**
   * Whether a pass over data may end here, because all that hang on it is decided. {@link DataPass}
   * asks after every batch.
   *
   * @param rows how many rows the pass has read
   * @param total how many there are; negative if that is not known
   * @param soFar what would be read off now; asked for only now and then
   */
  default boolean isDecided(long rows, long total, Supplier<Reading> soFar) {
    return false;
  }

  /**
   * What is expected of this probe, by all checks of the suite that declare it equally, as it will
   * be judged. Only for probes that {@link ProbeType#adapts}; empty for others, and where nothing
   * is known.
   */
  default List<Expectation> expectations() {
    return List.of();
  }

  /**
   * Whether the reading shall say what became of each row, because the suite has a baseline that a
   * later run is paired with. Otherwise that would be memory for nothing.
   */
  default boolean keepsRows() {
    return false;
  }

  /** The seed for everything random, recorded with the run. */
  long seed();

  /** Tells how far the probe is; also the place where a cancelled run stops. */
  Progress progress();
}
