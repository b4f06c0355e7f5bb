package org.modelvitals.reports;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds a folder against other processes, and against other threads and class loaders of this one.
 * The operating system gives the lock back when a process dies.
 */
final class FolderLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the folder.
   *
   * @throws IOException if another process holds it for a minute
   */
  static FolderLock on(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (tryLock(channel) == null) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "another process has held '%s' for a minute; its reports are joined when the next run ends"
                  .formatted(folder));
        }
        Thread.sleep(PAUSE.toMillis());
      }
      return new FolderLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for '" + folder + "'");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this JVM has it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
