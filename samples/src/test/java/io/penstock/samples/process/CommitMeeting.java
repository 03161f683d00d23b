package io.penstock.samples.process;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Holds a process between the commit of the first of {@link TwoTables} and that of the second. */
public final class CommitMeeting extends HDFSLogStore {
  /** Version 0 creates the table, 1 is the first with rows. */
  private static final String FIRST_ROWS =
      TwoTables.FIRST + "/_delta_log/00000000000000000001.json";

  public CommitMeeting(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    super.write(path, actions, overwrite, configuration);
    if (path.toString().endsWith(FIRST_ROWS)) {
      Meeting.reach(TwoTables.NAME);
      Meeting.waitForStop();
    }
  }
}
