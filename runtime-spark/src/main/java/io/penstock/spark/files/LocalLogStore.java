package io.penstock.spark.files;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on a local file system, where of any number of processes exactly one writes a
 * version.
 *
 * <p>The stock store looks whether the version is there and then renames over it: two processes
 * that commit at the same instant can both be told that they did, and one commit is lost. Here the
 * version's name is a hard link, which the kernel makes for one of them. A file system without hard
 * links is an error.
 *
 * <p>It extends the stock store because Delta writes checkpoints past its log store, by a temporary
 * name and a rename, only where a partial write would be visible.
 */
public final class LocalLogStore extends HDFSLogStore {
  /** The setting of Spark's own configuration that names the store of {@code file:} tables. */
  public static final String SETTING = "spark.delta.logStore.file.impl";

  /** Called by Delta. */
  public LocalLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a version, or a file beside the versions.
   *
   * @throws FileAlreadyExistsException when the version is another writer's
   */
  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
      throws IOException {
    LogEntries.write(path, actions, overwrite, settings);
  }
}
