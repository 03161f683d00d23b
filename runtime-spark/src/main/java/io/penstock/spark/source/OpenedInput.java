package io.penstock.spark.source;

import io.penstock.engine.Failure;
import io.penstock.engine.RunPlan;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source that was opened for a run: its rows, pinned, and what is known about them. */
public interface OpenedInput {
  /** The rows, of which none has been read yet. */
  Dataset<Row> rows();

  /** What plans and results tell of it. */
  RunPlan.Input description();

  /** The rows read so far, asked when the run has ended; empty when nobody counted. */
  OptionalLong counted();

  /** Why two readings may give other rows; empty when the source has versions. */
  Optional<String> doubt();

  /**
   * Of what was found: two sources with the same digest held the same; empty where a version says
   * it.
   */
  Optional<String> digest();

  /** A file that isn't as it was found; empty when all are. Asked when everything is read. */
  Optional<Path> changed(Configuration configuration) throws IOException;

  /**
   * What it means that the run failed, and what caused it, when it did over this source and the
   * source knows more of it than the exception tells.
   */
  Optional<Failure> explained(Throwable thrown);
}
