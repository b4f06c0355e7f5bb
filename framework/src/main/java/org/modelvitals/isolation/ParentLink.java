package org.modelvitals.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The child's end of the line to its parent. */
public final class ParentLink {
  private final PrintStream out;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  ParentLink(PrintStream out) {
    this.out = out;
  }

  /** Tells the parent something. */
  public void say(String message) {
    say(Wire.Kind.MESSAGE, message);
  }

  synchronized void say(Wire.Kind kind, String text) {
    out.print(Wire.line(kind, text));
    out.flush();
  }

  /** Waits for the next thing that the parent says. */
  public String hear() throws InterruptedException {
    return heard.take();
  }

  /**
   * Listens on a thread of its own, which also works while another is stuck in native code.
   *
   * @param abandoned run when the parent is gone: its end of the pipe closes, however it ended
   */
  void listen(InputStream in, Runnable abandoned) {
    Thread listener =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  heard.add(Wire.unescape(line));
                }
              } catch (IOException e) {
                // A pipe that cannot be read any more has nobody at its other end.
              }
              abandoned.run();
            },
            "model-vitals-parent");
    listener.setDaemon(true);
    listener.start();
  }
}
