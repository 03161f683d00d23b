package io.penstock.spark.delta;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;

/** Writes the log as usual, save for one commit that goes wrong in a chosen way. */
public final class FaultyLogStore extends HDFSLogStore {
  private static final String SETTING = "spark.delta.logStore.file.impl";
  private static final AtomicReference<Fault> NEXT = new AtomicReference<>(Fault.NONE);

  /** What happens to the next commit. */
  enum Fault {
    NONE,
    /** It is written, and the writer hears of a network fault. */
    ANSWER_LOST,
    /** It is written, and the writer hears that somebody else was first. */
    TAKEN_FOR_ANOTHER,
    /** It is not written. */
    NOT_WRITTEN
  }

  public FaultyLogStore(Configuration configuration) {
    super(configuration);
  }

  /** Serves the tables that are first used from now on. */
  static void install() {
    NEXT.set(Fault.NONE);
    SparkEnv.get().conf().set(SETTING, FaultyLogStore.class.getName());
  }

  static void uninstall() {
    SparkEnv.get().conf().remove(SETTING);
  }

  static void failNext(Fault fault) {
    NEXT.set(fault);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
      throws IOException {
    Fault fault = NEXT.getAndSet(Fault.NONE);
    if (fault != Fault.NOT_WRITTEN) {
      super.write(path, actions, overwrite, settings);
    }
    switch (fault) {
      case NONE -> {}
      case TAKEN_FOR_ANOTHER -> throw new FileAlreadyExistsException(path.toString());
      case ANSWER_LOST, NOT_WRITTEN -> throw new IOException("no answer from the store");
    }
  }
}
