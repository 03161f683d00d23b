package io.penstock.spark.files;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 through S3A: of any number of processes, exactly one writes a version, by a
 * conditional write that the object store decides.
 *
 * <p>Delta's own store keeps only the writers of one process apart. This one needs Hadoop 3.4.2 and
 * an object store that honours {@code If-None-Match}; with an older Hadoop every commit fails. A
 * store that ignores the condition lets two writers succeed: {@link ConditionalWrites} finds out.
 */
public final class S3ALogStore extends HadoopFileSystemLogStore {
  /** The Spark setting that names the log store of {@code s3a:} tables. */
  public static final String SETTING = "spark.delta.logStore.s3a.impl";

  /** Called by Delta. */
  public S3ALogStore(Configuration configuration) {
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

  /** An object becomes visible when its upload is complete: checkpoints need no temporary name. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration settings) {
    return false;
  }
}
