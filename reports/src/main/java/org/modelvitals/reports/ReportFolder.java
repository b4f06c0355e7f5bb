package org.modelvitals.reports;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.modelvitals.record.RecordException;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.RunRecordJson;
import org.modelvitals.record.RunRecords;

/**
 * The folder that reports are written to.
 *
 * <p>Each run writes a file of its own below {@code runs/BUILD/}; nothing ever changes such a file,
 * so no process can hurt what another one found out. Whoever has written one then takes the lock
 * and makes the reports anew from all records of its build. A process that dies in between loses
 * nothing: the next one joins its record too.
 *
 * <p>Files are made side by side: most of the time of a first report goes into loading the classes
 * that make it.
 */
final class ReportFolder implements AutoCloseable {
  static final String RUN_RECORD = "run-record.json";

  private static final String SUFFIX = ".json";

  private final Path dir;
  private final ExecutorService workers = Executors.newCachedThreadPool(ReportFolder::worker);

  /** What was stored through this object, which need not be read and written again. */
  private final Map<Path, Stored> stored = new TreeMap<>();

  /** A run, and its document as soon as that is in its file. */
  private record Stored(RunRecord run, Future<String> json) {}

  ReportFolder(Path dir) {
    this.dir = dir;
  }

  private static Thread worker(Runnable task) {
    Thread thread = new Thread(task, "model-vitals-reports");
    thread.setDaemon(true);
    return thread;
  }

  Path runRecord() {
    return dir.resolve(RUN_RECORD);
  }

  Path report(Format format) {
    return dir.resolve(format.file());
  }

  private Path builds() {
    return dir.resolve("runs");
  }

  /** Begins to write the record of one run; it is in its file when {@link #settle} returns. */
  void store(RunRecord run) throws IOException {
    Path build = builds().resolve(fileName(run.build()));
    Files.createDirectories(build);
    String name = fileName(run.id()) + SUFFIX;
    Callable<String> task =
        () -> {
          String json = RunRecordJson.write(run);
          AtomicFile.write(build, name, json);
          return json;
        };
    stored.put(build.resolve(name), new Stored(run, workers.submit(task)));
  }

  /** Waits until what was stored is in its files. */
  void settle() throws IOException {
    for (Stored own : stored.values()) {
      done(own.json());
    }
  }

  /**
   * Joins what the runs of a build have stored, and makes the reports of it.
   *
   * @return the joined record; empty if the build has none
   */
  Optional<RunRecord> join(String build, ReportSettings settings) throws IOException {
    return joinIn(builds().resolve(fileName(build)), settings);
  }

  /** Joins the build that stored a record last. */
  Optional<RunRecord> joinLatest(ReportSettings settings) throws IOException {
    List<Path> builds = newestFirst();
    return builds.isEmpty() ? Optional.empty() : joinIn(builds.get(0), settings);
  }

  /** Removes the reports, but not the records that they were made from. */
  @SuppressWarnings("try") // the lock is held, not used
  void clear() throws IOException {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (FolderLock lock = FolderLock.on(dir)) {
      Files.deleteIfExists(runRecord());
      for (Format format : Format.values()) {
        Files.deleteIfExists(report(format));
      }
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private Optional<RunRecord> joinIn(Path build, ReportSettings settings) throws IOException {
    try (FolderLock lock = FolderLock.on(dir)) {
      Optional<RunRecord> joined = RunRecords.join(read(build));
      if (joined.isPresent()) {
        removeLeftovers();
        write(joined.get(), settings);
        removeOldBuilds(build, settings.keep());
      }
      return joined;
    }
  }

  private List<RunRecord> read(Path build) throws IOException {
    Set<Path> files = new TreeSet<>(children(build));
    stored.keySet().stream().filter(file -> file.startsWith(build)).forEach(files::add);
    List<RunRecord> runs = new ArrayList<>();
    for (Path file : files) {
      if (file.toString().endsWith(SUFFIX)) {
        try {
          Stored own = stored.get(file);
          runs.add(own == null ? RunRecordJson.read(file) : own.run());
        } catch (RecordException e) {
          ReportSink.warn("a run is missing in the reports: " + e.getMessage());
        }
      }
    }
    return runs;
  }

  /** A report that cannot be made must not keep the others from being made. */
  private void write(RunRecord joined, ReportSettings settings) throws IOException {
    Map<String, Future<?>> files = new LinkedHashMap<>();
    for (Format format : Format.values()) {
      files.put(format.file(), workers.submit(() -> write(format, joined, settings)));
    }
    AtomicFile.write(dir, RUN_RECORD, json(joined));
    RuntimeException failure = null;
    for (Map.Entry<String, Future<?>> file : files.entrySet()) {
      try {
        done(file.getValue());
      } catch (RuntimeException e) {
        Files.deleteIfExists(dir.resolve(file.getKey()));
        if (failure == null) {
          failure = new IllegalStateException(file.getKey() + " could not be made: " + e, e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable Void write(Format format, RunRecord joined, ReportSettings settings)
      throws IOException {
    if (settings.formats().contains(format)) {
      AtomicFile.write(dir, format.file(), format.render(joined, settings));
    } else {
      Files.deleteIfExists(report(format)); // one of an earlier build would tell of that
    }
    return null;
  }

  /** A build of one run is that run. */
  private String json(RunRecord joined) throws IOException {
    for (Stored own : stored.values()) {
      if (own.run().equals(joined)) {
        return done(own.json());
      }
    }
    return RunRecordJson.write(joined);
  }

  /** Waits for a task, and throws what it threw. */
  private static <T> T done(Future<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reports were written");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Reports are written under the lock only, so whoever has it owns what killed processes left. */
  private void removeLeftovers() throws IOException {
    for (Path file : children(dir)) {
      if (file.toString().endsWith(AtomicFile.TEMPORARY)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void removeOldBuilds(Path current, int keep) throws IOException {
    List<Path> others = new ArrayList<>(newestFirst());
    others.remove(current);
    for (Path old : others.subList(Math.min(keep - 1, others.size()), others.size())) {
      for (Path file : children(old)) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(old);
    }
  }

  private List<Path> newestFirst() throws IOException {
    List<Path> builds = new ArrayList<>(children(builds()));
    builds.removeIf(path -> !Files.isDirectory(path));
    builds.sort(Comparator.comparing(ReportFolder::modified).reversed());
    return builds;
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  @Override
  public void close() {
    workers.shutdown();
  }

  /**
   * A name for a file: the text itself if it is harmless, else what is left of it and a checksum.
   */
  static String fileName(String text) {
    if (text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,79}")) {
      return text;
    }
    CRC32 checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    String left = text.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("^-", "");
    return "%s_%s"
        .formatted(
            left.substring(0, Math.min(40, left.length())),
            HexFormat.of().toHexDigits((int) checksum.getValue()));
  }
}
