package org.modelvitals.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls that are under way, so that they can be stopped: those of one holder, or of all. */
final class RunningCalls {
  private final Set<OrtSession.RunOptions> running = ConcurrentHashMap.newKeySet();

  void add(OrtSession.RunOptions options) {
    running.add(options);
  }

  void remove(OrtSession.RunOptions options) {
    running.remove(options);
  }

  void interrupt() {
    for (OrtSession.RunOptions options : running) {
      synchronized (options) {
        try {
          options.setTerminate(true);
        } catch (OrtException | IllegalStateException e) {
          // The call ended in the meantime and closed its options: nothing is left to stop.
        }
      }
    }
  }
}
