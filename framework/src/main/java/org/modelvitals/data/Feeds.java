package org.modelvitals.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.modelvitals.model.Signature;

/** Opens datasets. */
public final class Feeds {
  private Feeds() {}

  /**
   * Opens a dataset for feeding a model; the caller closes it.
   *
   * @param resolve turns a path of the declaration into one that exists
   * @param signature of the model that is fed
   * @param dimensions values of named free dimensions
   * @param seed of everything random
   * @param reserved columns that the probe reads itself: they are not fed to the model unless the
   *     declaration names them as an input
   * @throws DataException if the declaration does not fit the model or the data
   */
  public static Feed open(
      DataSpec data,
      Function<String, Path> resolve,
      Signature signature,
      Map<String, Long> dimensions,
      long seed,
      Set<String> reserved) {
    if (data.limit() == null || data.limit() >= 0) {
      throw new DataException("data cannot be opened yet");
    }
    throw new DataException("data cannot be opened yet");
  }
}
