package org.modelvitals.checks.budget;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.Progress;

/**
 * A Java process of our own that is spoken to in lines. What becomes of it, a crash, a hang, a
 * kill, becomes a sentence; and it is gone when this is closed.
 */
final class ChildProcess implements AutoCloseable {
  private static final String END = "";
  private static final long POLL_MILLIS = 100;
  private static final int LAST_WORDS = 40;

  private final Process process;
  private final String model;
  private final long deadline;
  private final double timeout;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Deque<String> lastWords = new ArrayDeque<>();
  private String doing = "starting";

  private ChildProcess(Process process, String model, double timeout) {
    this.process = process;
    this.model = model;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + (long) (timeout * 1e9);
    Thread reader = new Thread(this::read, "model-vitals-child");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code main} in a fresh JVM like this one.
   *
   * @param folder for the JVM's notes on a crash; the caller deletes it
   * @param model the model's name in sentences
   * @param timeout seconds after which waiting for a line ends with an exception
   */
  static ChildProcess start(
      Class<?> main, Path argument, Path folder, String model, double timeout) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // One thread collects and the heap is touched at once: its size is known and can be subtracted.
    command.addAll(
        List.of("-XX:+UseSerialGC", "-Xms48m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:MaxDirectMemorySize=1t");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.add("-XX:-CreateCoredumpOnCrash");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("onnxruntime."))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of(main.getName(), argument.toString()));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      // Not on the command line: ONNX Runtime 1.29.0 crashes if that is long. Its telemetry would
      // also allocate what is not the model's.
      builder.environment().put("CLASSPATH", classPath(main));
      builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
      Process process = builder.start();
      return new ChildProcess(process, model, timeout);
    } catch (IOException e) {
      throw new ProbeException(
          "no process could be started to measure %s: %s".formatted(model, e.getMessage()), e);
    }
  }

  /** This JVM's class path, and where the classes that the process needs really come from. */
  private static String classPath(Class<?> main) {
    Set<String> entries = new LinkedHashSet<>();
    for (Class<?> needed : List.of(main, ModelException.class)) {
      location(needed).ifPresent(entries::add);
    }
    for (String property : List.of("surefire.test.class.path", "java.class.path")) {
      String path = System.getProperty(property);
      if (path != null) {
        entries.addAll(List.of(path.split(File.pathSeparator)));
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Optional<String> location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()).toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // inside another archive; the class path has it
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(MemoryChild.MARK)) {
          lines.add(line.substring(MemoryChild.MARK.length()));
        } else if (!line.isBlank()) {
          remember(line);
        }
      }
    } catch (IOException e) {
      remember(e.toString());
    } finally {
      lines.add(END);
    }
  }

  private void remember(String line) {
    synchronized (lastWords) {
      lastWords.add(line.strip());
      if (lastWords.size() > LAST_WORDS) {
        lastWords.remove();
      }
    }
  }

  void say(String line) {
    try {
      Writer writer = process.outputWriter(StandardCharsets.UTF_8);
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw ended(); // a broken pipe: nobody reads any more
    }
  }

  /** From now on the process is busy with this; for sentences. */
  void doing(String what) {
    doing = what;
  }

  /**
   * The next line that the process says.
   *
   * @throws ModelException if it ended, or said nothing until the time was over
   */
  String line(Progress progress, long done, long total, String unit) {
    try {
      while (true) {
        String line = lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (line == null) {
          progress.at(done, total, unit);
          if (System.nanoTime() - deadline > 0) {
            throw new ModelException(
                Reason.RUN_FAILED,
                "the process with %s was ended after %s s, still %s%s"
                    .formatted(model, seconds(), doing, words()));
          }
        } else if (line.equals(END)) {
          throw ended();
        } else {
          return understood(line);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Reason.CANCELLED, "measuring " + model + " was interrupted", e);
    }
  }

  private String seconds() {
    return timeout == Math.rint(timeout) ? Long.toString((long) timeout) : Double.toString(timeout);
  }

  private static String understood(String line) {
    String[] words = line.split(" ", 3);
    if (words[0].equals("model-exception")) {
      throw new ModelException(Reason.valueOf(words[1]), words[2]);
    }
    if (words[0].equals("broken")) {
      throw new ProbeException("the process that measures memory broke: " + line.substring(7));
    }
    return line;
  }

  private ModelException ended() {
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        return new ModelException(
            Reason.RUN_FAILED,
            "the process with %s stopped talking while %s%s".formatted(model, doing, words()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ModelException(Reason.CANCELLED, "measuring " + model + " was interrupted", e);
    }
    int status = process.exitValue();
    String how =
        switch (status) {
          case 137 -> "was killed (signal 9), perhaps because the machine ran out of memory,";
          case 134, 139 -> "crashed";
          default -> "ended with status " + status;
        };
    return new ModelException(
        Reason.RUN_FAILED,
        "the process with %s %s while %s%s".formatted(model, how, doing, words()));
  }

  /** What the process printed in the end; of a JVM's report on a crash, the lines that matter. */
  private String words() {
    List<String> said;
    synchronized (lastWords) {
      said = List.copyOf(lastWords);
    }
    List<String> crash =
        said.stream()
            .filter(line -> line.matches("#\\s+(SIG|EXCEPTION_|C\\s+\\[|V\\s+\\[|J\\s).*"))
            .map(line -> line.substring(1).strip())
            .toList();
    List<String> telling =
        crash.isEmpty() ? said.subList(Math.max(0, said.size() - 3), said.size()) : crash;
    return telling.isEmpty() ? "" : "; its last words: " + String.join(" | ", telling);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
