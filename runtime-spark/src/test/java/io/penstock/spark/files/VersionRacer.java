package io.penstock.spark.files;

import io.delta.storage.LogStore;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * One of two processes that write the same versions of a Delta log. Both begin a version at the
 * same moment: each says in shared memory how far it has come, and waits for the other in a loop.
 */
final class VersionRacer {
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  /** The numbers lie on cache lines of their own. */
  private static final int APART = 64;

  private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

  private final LogStore store;
  private final Path directory;
  private final int number;
  private final Configuration settings = new Configuration();

  /**
   * @param number 0 or 1
   */
  VersionRacer(Class<? extends LogStore> store, Path directory, int number) {
    try {
      this.store = store.getConstructor(Configuration.class).newInstance(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Cannot make the log store " + store.getName(), e);
    }
    this.directory = directory;
    this.number = number;
  }

  /** The other process: a store's class, a directory, how many versions, and its own number. */
  public static void main(String[] arguments) throws Exception {
    Class<? extends LogStore> store = Class.forName(arguments[0]).asSubclass(LogStore.class);
    Path directory = Path.of(arguments[1]);
    int racer = Integer.parseInt(arguments[3]);
    BitSet won = new VersionRacer(store, directory, racer).race(Integer.parseInt(arguments[2]));
    Files.write(wins(directory, racer), won.toByteArray());
  }

  /** Where a process leaves what it won. */
  static Path wins(Path directory, int number) {
    return directory.resolve("won-by-" + number);
  }

  /** The file of a version. */
  static Path version(Path directory, int version) {
    return directory.resolve("%020d.json".formatted(version));
  }

  /** Writes so many versions, and returns those that it was told are its own. */
  BitSet race(int versions) throws IOException {
    BitSet won = new BitSet();
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("rounds"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer rounds = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * APART);
      for (int version = 0; version < versions; version++) {
        meet(rounds, version + 1);
        if (wins(version)) {
          won.set(version);
        }
      }
    }
    return won;
  }

  private void meet(ByteBuffer rounds, int round) {
    INT.setVolatile(rounds, number * APART, round);
    long begun = System.nanoTime();
    while ((int) INT.getVolatile(rounds, (1 - number) * APART) < round) {
      Thread.onSpinWait();
      if (System.nanoTime() - begun > PATIENCE) {
        throw new IllegalStateException("The other process didn't come to round " + round);
      }
    }
  }

  private boolean wins(int version) throws IOException {
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(version(directory, version).toUri());
    try {
      store.write(path, List.of("written by " + number).iterator(), false, settings);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
