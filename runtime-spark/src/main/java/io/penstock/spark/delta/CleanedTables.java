package io.penstock.spark.delta;

import java.util.Set;
import org.apache.hadoop.fs.Path;

/** What has to be known of a table before files in its folder are removed. */
public interface CleanedTables {
  /** Whether Penstock writes the table: files in other tables are left alone. */
  boolean isOurs(Path table);

  /** The files that the log of a table names. */
  Set<Path> named(Path table);
}
