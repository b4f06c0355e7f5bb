package org.modelvitals.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A process that runs the suites whose files it is given. */
final class RunSuites {
  private RunSuites() {}

  public static void main(String[] files) {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (String file : files) {
      request.selectors(selectFile(file));
    }
    LauncherFactory.create().execute(request.build());
  }
}
