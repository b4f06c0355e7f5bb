package org.modelvitals.record;

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
}
