package io.penstock.spark.files;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 through S3A, where of any number of processes exactly one writes a version: a
 * conditional write, which the store itself decides.
 *
 * <p>The stock store keeps the writers of one process apart and no others. This one needs Hadoop
 * 3.4.2 and a store that heeds {@code If-None-Match}; with an older Hadoop every commit fails. A
 * store that ignores the condition lets two writers win, as the stock one does: a run finds out by
 * {@link ConditionalWrites}.
 */
public final class S3ALogStore extends HadoopFileSystemLogStore {
  /** The setting of Spark's own configuration that names the store of {@code s3a:} tables. */
  public static final String SETTING = "spark.delta.logStore.s3a.impl";

  /** Called by Delta. */
  public S3ALogStore(Configuration configuration) {
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

  /** An object appears when its upload is complete, so checkpoints need no temporary name. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration settings) {
    return false;
  }
}
