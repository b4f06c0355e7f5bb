package org.modelvitals.record;

import java.util.List;
import java.util.Map;

/**
 * Takes the record of a run when it has ended, to write reports. Found through {@link
 * java.util.ServiceLoader}; a sink that fails is reported and does not change the run's outcome.
 */
public interface RecordSink {

  /**
   * Takes a record.
   *
   * @param settings the configuration parameters whose names start with {@code
   *     modelvitals.report.}, without that prefix
   */
  void accept(RunRecord record, Map<String, String> settings) throws Exception;

  /**
   * Asked before anything runs, so that a mistake in the settings is known at the beginning and not
   * after hours.
   *
   * @param settings as in {@link #accept}
   * @return sentences that name the settings; empty if all can be read
   */
  default List<String> problems(Map<String, String> settings) {
    return List.of();
  }

  /**
   * Told that nothing will run because of mistakes in declarations, and so no record will come.
   * What an earlier run left must not look like a report of this one. May be told more than once.
   *
   * @param mistakes in sentences
   * @param settings as in {@link #accept}
   */
  default void nothingRuns(List<String> mistakes, Map<String, String> settings) throws Exception {}
}
