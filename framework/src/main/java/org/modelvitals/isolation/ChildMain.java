package org.modelvitals.isolation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.modelvitals.model.ModelException;

/** The main class of every child process. */
final class ChildMain {
  static final String PROPERTIES = "properties";

  /** The parent is gone, and nobody is left to tell. */
  private static final int ABANDONED = 2;

  private ChildMain() {}

  /**
   * Runs as the process.
   *
   * @param args the class of the {@link ChildTask}, and the folder of this process
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[1]);
    ParentLink parent = new ParentLink(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    System.setOut(System.err); // what a probe prints must not come between messages
    parent.listen(
        System.in,
        () -> {
          Folders.delete(folder);
          Runtime.getRuntime().halt(ABANDONED);
        });
    int status = 0;
    try {
      volunteer();
      adopt(folder.resolve(PROPERTIES));
      ChildTask task = task(args[0]);
      parent.say(Wire.Kind.READY, "");
      task.run(parent);
      parent.say(Wire.Kind.DONE, "");
    } catch (ModelException e) {
      parent.say(Wire.Kind.MODEL_FAILED, e.reason() + " " + e.getMessage());
    } catch (Throwable e) { // whatever it is, it must be told before the process ends
      parent.say(Wire.Kind.BROKE, e + "\n" + trace(e));
      status = 1;
    }
    System.err.flush();
    // The runtime's own end is not waited for: what was asked has been answered.
    Runtime.getRuntime().halt(status);
  }

  private static ChildTask task(String name) throws ReflectiveOperationException {
    var constructor = Class.forName(name).asSubclass(ChildTask.class).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  /** Where memory runs out, Linux shall end this process and not its parent (proc(5)). */
  private static void volunteer() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
    } catch (IOException e) {
      // Another system, or one that does not allow it: then the kernel chooses for itself.
    }
  }

  /** Takes over what was set in the parent, unless this process has a value of its own. */
  private static void adopt(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    properties
        .stringPropertyNames()
        .forEach(
            name -> {
              if (System.getProperty(name) == null) {
                System.setProperty(name, properties.getProperty(name));
              }
            });
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
