package org.modelvitals.record;

import java.util.Map;

/**
 * What a suite ran on.
 *
 * @param asked the device that was asked for
 * @param nodes how many nodes ran on each execution provider, as the runtime told; empty if the
 *     model did not run
 * @param session the session's options, as words
 */
public record DeviceRecord(
    String asked, int index, Map<String, Integer> nodes, Map<String, String> session) {
  public DeviceRecord {
    nodes = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(nodes));
    session = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(session));
  }
}
