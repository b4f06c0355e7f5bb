package org.modelvitals.isolation;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;

/** Ways for a process to come to its end, for real. */
public final class Fates {
  private Fates() {}

  /** Writes to the address 0 from native code, which no JVM survives. */
  public static void crash() throws ReflectiveOperationException {
    // By reflection, since the compiler warns of this class by name.
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
  }

  /** What the kernel does where memory runs out. */
  public static void beKilled() throws IOException, InterruptedException {
    signal("KILL");
  }

  static void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
    hang();
  }

  public static void exit(int status) {
    System.exit(status);
  }

  public static void hang() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
