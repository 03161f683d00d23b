package io.penstock.spark.delta;

import io.delta.storage.HDFSLogStore;
import io.penstock.spark.files.LocalLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;

/** Writes the log as usual, save for commits that go wrong in a chosen way. */
public final class FaultyLogStore extends HDFSLogStore {
  private static final Queue<Fault> NEXT = new ConcurrentLinkedQueue<>();
  private static final AtomicBoolean LOST = new AtomicBoolean();

  /** What happens to the next commit. */
  public enum Fault {
    NONE,
    /** It is written, and the writer hears of a network fault. */
    ANSWER_LOST,
    /** It is written, and the writer hears that somebody else was first. */
    TAKEN_FOR_ANOTHER,
    /** It is not written. */
    NOT_WRITTEN,
    /** It is not written, and the store answers nobody from then on. */
    STORE_LOST
  }

  public FaultyLogStore(Configuration configuration) {
    super(configuration);
  }

  /** Serves the tables that are first used from now on. */
  public static void install() {
    NEXT.clear();
    LOST.set(false);
    SparkEnv.get().conf().set(LocalLogStore.SETTING, FaultyLogStore.class.getName());
  }

  public static void uninstall() {
    SparkEnv.get().conf().set(LocalLogStore.SETTING, LocalLogStore.class.getName());
  }

  /** What happens to the next commits, in order. */
  public static void failNext(Fault... faults) {
    NEXT.addAll(List.of(faults));
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
      throws IOException {
    Fault fault = Objects.requireNonNullElse(NEXT.poll(), Fault.NONE);
    if (fault != Fault.NOT_WRITTEN && fault != Fault.STORE_LOST) {
      super.write(path, actions, overwrite, settings);
    }
    switch (fault) {
      case NONE -> {}
      case TAKEN_FOR_ANOTHER -> throw new FileAlreadyExistsException(path.toString());
      case ANSWER_LOST, NOT_WRITTEN -> throw new IOException("no answer from the store");
      case STORE_LOST -> {
        LOST.set(true);
        throw new IOException("no answer from the store");
      }
    }
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration settings) throws IOException {
    if (LOST.get()) {
      throw new IOException("no answer from the store");
    }
    return super.listFrom(path, settings);
  }
}
