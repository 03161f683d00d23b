package io.penstock.samples.process;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Holds a process between the commit of the first of {@link TwoTables} and that of the second:
 * Delta looks at the file of a commit that it has written.
 */
public final class MeetingFileSystem extends LocalFileSystem {
  /** A table begins with its first rows. */
  private static final String FIRST_ROWS =
      TwoTables.FIRST + "/_delta_log/00000000000000000000.json";

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus status = super.getFileStatus(path);
    if (path.toString().endsWith(FIRST_ROWS)) {
      Meeting.reach(TwoTables.NAME);
      Meeting.waitForStop();
    }
    return status;
  }
}
