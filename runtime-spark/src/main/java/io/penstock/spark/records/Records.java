package io.penstock.spark.records;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** The records of one file, read as they are asked for. */
public interface Records extends Closeable {
  /** The row of the next record; empty at the end of the file. */
  Optional<InternalRow> next() throws IOException;
}
