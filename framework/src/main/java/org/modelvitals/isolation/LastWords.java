package org.modelvitals.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a process printed in the end. Of a JVM's report on a crash, what matters: the signal, the
 * frame in which it came, and the native frames below that one.
 */
final class LastWords {
  static final String CRASH_REPORT = "crash.log";

  private static final int KEPT = 40;
  private static final int TOLD = 3;
  private static final int FRAMES = 4;

  /** {@code # SIGSEGV (0xb) at pc=0x…, pid=…} and {@code # C [libonnxruntime.so+0x1234]}. */
  private static final Predicate<String> TELLING =
      Pattern.compile("#\\s+(SIG|EXCEPTION_|Internal Error|Out of Memory|C\\s+\\[|V\\s+\\[|J\\s).*")
          .asMatchPredicate();

  private static final Predicate<String> NATIVE_FRAME =
      Pattern.compile("C\\s+\\[.*").asMatchPredicate();

  private static final Predicate<String> NOISE =
      Pattern.compile("(#.*)?|Picked up \\w+: .*|\\[thread .*|OpenJDK .* warning: .*")
          .asMatchPredicate();

  private final Path crashReport;
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * @param folder in which the JVM writes its report
   */
  LastWords(Path folder) {
    this.crashReport = folder.resolve(CRASH_REPORT);
  }

  void add(String line) {
    synchronized (lines) {
      lines.add(line.strip());
      if (lines.size() > KEPT) {
        lines.remove();
      }
    }
  }

  /** Takes in all that comes, until it ends. */
  void read(InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add(e.toString());
    }
  }

  /** Whether the JVM left a report on a crash. */
  boolean tellOfACrash() {
    return Files.exists(crashReport) || said().stream().anyMatch(TELLING);
  }

  /** {@code "; its last words: …"}, or nothing if there were none. */
  String sentence() {
    List<String> telling = crash();
    if (telling.isEmpty()) {
      List<String> said = said().stream().filter(NOISE.negate()).toList();
      telling = said.subList(Math.max(0, said.size() - TOLD), said.size());
    }
    return telling.isEmpty() ? "" : "; its last words: " + String.join(" | ", telling);
  }

  private List<String> said() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private List<String> crash() {
    List<String> report = said();
    List<String> frames = List.of();
    if (Files.exists(crashReport)) {
      try {
        report = Files.readAllLines(crashReport, Charset.defaultCharset());
        // The first is the problematic frame, which the head of the report has.
        frames = report.stream().filter(NATIVE_FRAME).distinct().skip(1).limit(FRAMES).toList();
      } catch (IOException e) {
        // The head of the report was printed, too.
      }
    }
    List<String> head =
        report.stream().filter(TELLING).map(line -> line.substring(1).strip()).distinct().toList();
    return head.isEmpty()
        ? List.of()
        : java.util.stream.Stream.concat(head.stream(), frames.stream().map(String::strip))
            .distinct()
            .toList();
  }
}
