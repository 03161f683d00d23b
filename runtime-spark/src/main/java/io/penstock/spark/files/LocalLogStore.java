package io.penstock.spark.files;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on a local file system: of any number of processes, exactly one writes a version.
 *
 * <p>Delta's own store checks whether the version exists and then renames over it: two processes
 * that commit at the same instant can both succeed, and one commit is lost. Here the version's name
 * is a hard link, which the kernel creates for one of them only. A file system without hard links
 * is an error.
 *
 * <p>It extends Delta's own store for {@code isPartialWriteVisible}: Delta writes checkpoints
 * without the log store, and uses a temporary name and a rename only where partial writes are
 * visible.
 */
public final class LocalLogStore extends HDFSLogStore {
  /** The Spark setting that names the log store of {@code file:} tables. */
  public static final String SETTING = "spark.delta.logStore.file.impl";

  /** Called by Delta. */
  public LocalLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a version, or another file of the log.
   *
   * @throws FileAlreadyExistsException when another writer has written the version
   */
  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
      throws IOException {
    LogEntries.write(path, actions, overwrite, settings);
  }
}
