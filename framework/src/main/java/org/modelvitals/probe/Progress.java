package org.modelvitals.probe;

/** How far a probe is, shown to people when it takes longer than a few seconds. */
public interface Progress {

  /**
   * Says that {@code done} units are done. Cheap enough to call for each batch.
   *
   * @param total how many there will be, or -1 if that is not known
   * @param unit what is counted: {@code rows}, {@code calls}
   * @throws java.util.concurrent.CancellationException if the run was cancelled
   */
  void at(long done, long total, String unit);

  /** A progress that nobody watches. */
  static Progress unwatched() {
    return (done, total, unit) -> {};
  }
}
