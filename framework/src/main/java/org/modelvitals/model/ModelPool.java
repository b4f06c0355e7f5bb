package org.modelvitals.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Loads models and shares them: the same bytes on the same device with the same options are one
 * session of the runtime, which ends when the last holder closes it.
 */
public final class ModelPool {
  private final Map<Key, Entry> entries = new HashMap<>();
  private final AtomicLong loads = new AtomicLong();

  /**
   * What makes two models one session. Whether the device is required does not count.
   *
   * @param folder where external data lies, which is not part of the hash; null for models without
   */
  public record Key(String sha256, @Nullable Path folder, DeviceSpec device, SessionSpec session) {
    public static Key of(ModelFile file, DeviceSpec device, SessionSpec session) {
      Path folder = ModelFiles.mayHaveExternalData(file.path()) ? file.path().getParent() : null;
      DeviceSpec asked = new DeviceSpec(device.name(), device.index(), false, device.options());
      return new Key(file.sha256(), folder, asked, session);
    }
  }

  private static final class Entry {
    private final CompletableFuture<OrtModel> model = new CompletableFuture<>();
    private int holders;
  }

  /**
   * A model, loaded now unless somebody holds it already. The caller closes it.
   *
   * @throws ModelException if it cannot be loaded
   */
  public Model acquire(Path path, DeviceSpec device, SessionSpec session) {
    ModelFile file = ModelFiles.identify(path);
    ModelFiles.requireModel(file);
    Key key = Key.of(file, device, session);
    Entry entry;
    boolean mine;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, k -> new Entry());
      mine = entry.holders++ == 0;
    }
    if (mine) {
      load(key, entry, file);
    }
    try {
      return new SharedModel(file, entry.model.join(), () -> release(key, entry));
    } catch (CompletionException e) {
      if (e.getCause() instanceof ModelException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void load(Key key, Entry entry, ModelFile file) {
    try {
      loads.incrementAndGet();
      entry.model.complete(OrtModel.load(file, key.device(), key.session()));
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        entries.remove(key, entry);
      }
      entry.model.completeExceptionally(e);
    }
  }

  private void release(Key key, Entry entry) {
    synchronized (this) {
      if (--entry.holders > 0) {
        return;
      }
      entries.remove(key, entry);
    }
    entry.model.join().close();
  }

  /** How often a model was loaded. */
  public long loads() {
    return loads.get();
  }

  /** How many sessions are open now. */
  public synchronized int open() {
    return entries.size();
  }
}
