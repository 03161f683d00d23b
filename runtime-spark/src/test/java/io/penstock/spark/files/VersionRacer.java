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
  private final URI log;
  private final Path meeting;
  private final int number;
  private final Configuration settings;

  /**
   * @param log the directory of the versions
   * @param meeting a local directory where the two find each other
   * @param number 0 or 1
   */
  VersionRacer(
      Class<? extends LogStore> store, Configuration settings, URI log, Path meeting, int number) {
    try {
      this.store = store.getConstructor(Configuration.class).newInstance(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Cannot make the log store " + store.getName(), e);
    }
    this.settings = settings;
    this.log = log;
    this.meeting = meeting;
    this.number = number;
  }

  /**
   * The other process: a store's class, where the log is, where the two meet, how many versions,
   * its own number, and Hadoop's settings as keys, each followed by its value.
   */
  public static void main(String[] arguments) throws Exception {
    Class<? extends LogStore> store = Class.forName(arguments[0]).asSubclass(LogStore.class);
    Path meeting = Path.of(arguments[2]);
    int number = Integer.parseInt(arguments[4]);
    Configuration settings = new Configuration();
    for (int i = 5; i < arguments.length; i += 2) {
      settings.set(arguments[i], arguments[i + 1]);
    }
    BitSet won =
        new VersionRacer(store, settings, URI.create(arguments[1]), meeting, number)
            .race(Integer.parseInt(arguments[3]));
    Files.write(wins(meeting, number), won.toByteArray());
  }

  /** Where a process leaves what it won. */
  static Path wins(Path meeting, int number) {
    return meeting.resolve("won-by-" + number);
  }

  /** The file of a version. */
  static org.apache.hadoop.fs.Path version(URI log, int version) {
    return new org.apache.hadoop.fs.Path(
        new org.apache.hadoop.fs.Path(log), String.format(Locale.ROOT, "%020d.json", version));
  }

  /** What a winner writes. */
  static String line(int number) {
    return "written by " + number;
  }

  /** Writes so many versions, and returns those that it was told are its own. */
  BitSet race(int versions) throws IOException {
    BitSet won = new BitSet();
    try (FileChannel channel =
        FileChannel.open(
            meeting.resolve("rounds"),
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
    try {
      store.write(version(log, version), List.of(line(number)).iterator(), false, settings);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
