package org.modelvitals.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.probe.ProbeException;

/**
 * A Java process of our own. What becomes of it, a crash, a kill, an exit, becomes a sentence; and
 * it is gone, with all processes that it started and all files that it wrote, when this is closed.
 */
public final class ChildJvm implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final Process process;
  private final String name;
  private final Path folder;
  private final LastWords words;
  private final OptionalLong killsBefore = Ending.killsForMemory();
  private final BlockingQueue<Wire.Message> messages = new LinkedBlockingQueue<>();
  private final Thread errors;
  private volatile OptionalLong most = OptionalLong.empty();
  private volatile String doing = "starting";
  private boolean ready;

  private ChildJvm(Process process, String name, Path folder) {
    this.process = process;
    this.name = name;
    this.folder = folder;
    this.words = new LastWords(folder);
    this.errors = reader("errors", () -> words.read(process.getErrorStream()));
    reader("messages", this::read);
  }

  private static Thread reader(String what, Runnable reading) {
    Thread thread = new Thread(reading, "model-vitals-child-" + what);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Starts a task in a fresh JVM with this one's classes and properties.
   *
   * @param name of the process in sentences: {@code the process with digits.onnx}
   * @param options of the JVM
   * @throws ProbeException if it cannot be started
   */
  public static ChildJvm start(Class<? extends ChildTask> task, String name, List<String> options) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("model-vitals-");
      return new ChildJvm(ChildCommand.of(task, folder, options).start(), name, folder);
    } catch (IOException e) {
      Optional.ofNullable(folder).ifPresent(Folders::delete);
      throw new ProbeException("%s could not be started: %s".formatted(name, e.getMessage()), e);
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (Wire.isMessage(line)) {
          messages.add(Wire.message(line));
        } else {
          words.add(line);
        }
      }
    } catch (IOException e) {
      words.add(e.toString());
    } finally {
      messages.add(new Wire.Message(Wire.Kind.CLOSED, ""));
    }
  }

  /** A folder of this process, which goes with it. */
  public Path folder() {
    return folder;
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** Tells the process something. */
  public void say(String message) {
    try {
      Writer writer = process.outputWriter(StandardCharsets.UTF_8);
      writer.write(Wire.escape(message) + "\n");
      writer.flush();
    } catch (IOException e) {
      // A broken pipe: nobody reads any more, which hear() will tell.
    }
  }

  /** From now on the process is busy with this; for sentences. */
  public void doing(String what) {
    doing = what;
  }

  /**
   * The next thing that the process says.
   *
   * @param meanwhile called a few times a second while nothing is heard; what it throws is thrown
   * @throws ModelException if the model failed, or the process came to an end that it should not
   * @throws ProbeException if the task itself broke, or could not even begin
   * @throws InterruptedException if this thread shall stop
   */
  public String hear(Runnable meanwhile) throws InterruptedException {
    while (true) {
      Wire.Message message = messages.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (message == null) {
        OptionalLong seen = Ending.mostResident(process.pid());
        most = seen.isPresent() ? seen : most;
        meanwhile.run();
      } else if (message.kind() == Wire.Kind.READY) {
        ready = true;
      } else if (message.kind() == Wire.Kind.CLOSED) {
        throw ended();
      } else {
        return understood(message);
      }
    }
  }

  private static String understood(Wire.Message message) {
    String text = message.text();
    return switch (message.kind()) {
      case MESSAGE -> text;
      case MODEL_FAILED -> {
        int blank = text.indexOf(' ');
        throw new ModelException(
            Reason.valueOf(text.substring(0, blank)), text.substring(blank + 1));
      }
      case BROKE -> {
        int end = text.indexOf('\n');
        throw new ProbeException(
            "the process broke: " + text.substring(0, end),
            new ChildFailure(text.substring(end + 1)));
      }
      case READY, DONE, CLOSED ->
          throw new IllegalStateException("the process has nothing more to say");
    };
  }

  private RuntimeException ended() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      return failed("stopped talking");
    }
    errors.join(TimeUnit.SECONDS.toMillis(5)); // what it said last may still be on its way
    return failed(Ending.of(process.exitValue(), words.tellOfACrash(), killsBefore, most));
  }

  /** A process that has not begun cannot have ended because of the model. */
  private RuntimeException failed(String how) {
    String sentence = name + " " + how + circumstances();
    return ready
        ? new ModelException(Reason.RUN_FAILED, sentence)
        : new ProbeException("no process could be started: " + sentence);
  }

  /**
   * What there is to say when it is ended before it has come to its end: {@code " while loading it;
   * its last words: …"}.
   */
  public String circumstances() {
    return " while %s%s".formatted(doing, words.sentence());
  }

  @Override
  public void close() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    boolean interrupted = false;
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // What could not be flushed is of no use to a process that is gone.
    }
    Folders.delete(folder);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
