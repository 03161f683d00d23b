package io.penstock.spark.csv;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/** A program that reads CSV with a header line. */
interface CsvLoader {
  /** Its name and version. */
  String name();

  /**
   * Loads a file into columns of these types, and passes on each row as the loader prints its
   * values; null is NULL.
   */
  void load(Path file, StructType schema, Consumer<List<String>> rows) throws Exception;
}
