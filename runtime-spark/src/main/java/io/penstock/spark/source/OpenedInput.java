package io.penstock.spark.source;

import io.penstock.engine.Failure;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source that was opened for a run: its pinned rows and what is known about them. */
public interface OpenedInput {
  /** The rows, none of which has been read yet. */
  Dataset<Row> rows();

  /** The description for plans and results. */
  RunPlan.Input description();

  /** What other programs do with the table; none of files, nor of a table made here. */
  List<ReaderLimit> readerLimits();

  /** The number of rows read, called when the run has ended; empty if they weren't counted. */
  OptionalLong rowsRead();

  /**
   * The keys and columns in files that aren't declared, with the number of records that had them,
   * called when the run has ended.
   */
  Map<String, Long> unknownKeys();

  /**
   * Why a delivery isn't complete, by what can only be told by reading it; empty if it is. Called
   * before anything is computed.
   */
  Optional<Failure> undelivered();

  /** Why reading twice may give different rows; empty if the source is versioned. */
  Optional<String> doubt();

  /**
   * A digest of the content: two sources with the same digest have the same content. Empty if the
   * source is versioned.
   */
  Optional<String> digest();

  /** A file that has changed since it was pinned; empty if none has. Called after reading. */
  Optional<Path> changed(Configuration configuration) throws IOException;

  /**
   * The failure of a run that this source caused, if the source can tell more about it than the
   * exception does.
   */
  Optional<Failure> explain(Throwable thrown);
}
