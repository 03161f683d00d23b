package io.penstock.spark.files;

import io.delta.storage.LogStore;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
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
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * One of two processes that write the same versions of a Delta log. Both begin each version at the
 * same moment: each publishes its round in shared memory and spins until the other has reached it.
 */
final class VersionRacer {
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  /** Distance of the two numbers, so that each has a cache line of its own. */
  private static final int CACHE_LINE = 64;

  private static final long TIMEOUT = Duration.ofMinutes(2).toNanos();

  private final LogStore store;
  private final URI log;
  private final Path shared;
  private final int number;
  private final Configuration settings;

  /**
   * @param log the directory of the versions
   * @param shared a local directory for shared memory and results
   * @param number 0 or 1
   */
  VersionRacer(
      Class<? extends LogStore> store, Configuration settings, URI log, Path shared, int number) {
    try {
      this.store = store.getConstructor(Configuration.class).newInstance(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Cannot make the log store " + store.getName(), e);
    }
    this.settings = settings;
    this.log = log;
    this.shared = shared;
    this.number = number;
  }

  /**
   * Runs the other process. The arguments are the class of the store, the directory of the log, the
   * shared directory, how many versions to write, this process's number, and Hadoop's settings as
   * keys, each followed by its value.
   */
  public static void main(String[] arguments) throws Exception {
    Class<? extends LogStore> store = Class.forName(arguments[0]).asSubclass(LogStore.class);
    Path shared = Path.of(arguments[2]);
    int number = Integer.parseInt(arguments[4]);
    Configuration settings = new Configuration();
    for (int i = 5; i < arguments.length; i += 2) {
      settings.set(arguments[i], arguments[i + 1]);
    }
    BitSet won =
        new VersionRacer(store, settings, URI.create(arguments[1]), shared, number)
            .race(Integer.parseInt(arguments[3]));
    Files.write(wins(shared, number), won.toByteArray());
  }

  /** The file into which a process writes the versions that it won. */
  static Path wins(Path shared, int number) {
    return shared.resolve("won-by-" + number);
  }

  /** The file of a version. */
  static org.apache.hadoop.fs.Path version(URI log, int version) {
    return new org.apache.hadoop.fs.Path(
        new org.apache.hadoop.fs.Path(log), String.format(Locale.ROOT, "%020d.json", version));
  }

  /** The line that a winner writes. */
  static String line(int number) {
    return "written by " + number;
  }

  /** Writes that many versions, and returns those that this process won. */
  BitSet race(int versions) throws IOException {
    BitSet won = new BitSet();
    try (FileChannel channel =
        FileChannel.open(
            shared.resolve("rounds"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer rounds = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * CACHE_LINE);
      for (int version = 0; version < versions; version++) {
        awaitOther(rounds, version + 1);
        if (wins(version)) {
          won.set(version);
        }
      }
    }
    return won;
  }

  private void awaitOther(ByteBuffer rounds, int round) {
    INT.setVolatile(rounds, number * CACHE_LINE, round);
    long begun = System.nanoTime();
    while ((int) INT.getVolatile(rounds, (1 - number) * CACHE_LINE) < round) {
      Thread.onSpinWait();
      if (System.nanoTime() - begun > TIMEOUT) {
        throw new IllegalStateException("The other process didn't come to round " + round);
      }
    }
  }

  private boolean wins(int version) throws IOException {
    try {
      store.write(version(log, version), List.of(line(number)).iterator(), false, settings);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
