package io.penstock.spark.testing;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;

import io.penstock.dsl.Rows;
import io.penstock.spec.FileSource;

/**
 * Files of every format, with the same rows: {@code id INT, at TIMESTAMP}. A new format doesn't
 * compile until it is here, and so in each test that goes through {@code
 * FileSource.Format.values()}.
 */
public final class LandedFiles {
  /** How many rows {@link #deliver} writes. */
  public static final int ROWS = 2;

  private static final String SCHEMA = "id INT, at TIMESTAMP";

  private LandedFiles() {}

  /** Writes a file into a folder of the lake. */
  public static void deliver(EngineLake lake, FileSource.Format format, String folder) {
    switch (format) {
      case CSV ->
          lake.file(
              folder + "/a.csv", "id,at\n1,2026-03-08 02:30:00\n2,1890-01-01 00:00:00.123456\n");
      case JSON ->
          lake.file(
              folder + "/a.json",
              """
              {"id": 1, "at": "2026-03-08 02:30:00"}
              {"id": 2, "at": "1890-01-01 00:00:00.123456"}
              """);
      case TEXT ->
          lake.file(folder + "/a.txt", "1 2026-03-08 02:30:00\n2 1890-01-01 00:00:00.123456\n");
      case PARQUET ->
          lake.sql(
                  "VALUES (1, TIMESTAMP'2026-03-08 02:30:00'),"
                      + " (2, TIMESTAMP'1890-01-01 00:00:00.123456') AS v (id, at)")
              .coalesce(1)
              .write()
              .parquet(lake.path(folder).toString());
    }
  }

  /** What reads a folder, whether it is there or not. */
  public static FileSource source(FileSource.Format format, String folder) {
    return switch (format) {
      case CSV -> csv(folder).schema(SCHEMA);
      case JSON -> json(folder).schema(SCHEMA);
      case PARQUET -> parquet(folder);
      case TEXT -> text(folder);
    };
  }

  /** The rows of a folder. */
  public static Rows rows(FileSource.Format format, String folder) {
    Rows rows = read(source(format, folder));
    return switch (format) {
      case CSV, JSON, PARQUET -> rows;
      case TEXT ->
          rows.select(
              "CAST(substring(value, 1, 1) AS INT) AS id",
              "CAST(substring(value, 3) AS TIMESTAMP) AS at");
    };
  }
}
