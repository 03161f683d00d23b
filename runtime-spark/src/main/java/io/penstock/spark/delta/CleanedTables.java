package io.penstock.spark.delta;

import java.util.Set;
import org.apache.hadoop.fs.Path;

/** What is asked of the tables in a lake before anything in them is removed. */
public interface CleanedTables {
  /** Files that lie in other people's tables have other people's reasons. */
  boolean isOurs(Path table);

  /** The files that the log of a table names. */
  Set<Path> named(Path table);
}
