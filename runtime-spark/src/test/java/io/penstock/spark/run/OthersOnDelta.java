package io.penstock.spark.run;

import io.penstock.engine.Cleaning;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/** What others do to one table of a lake that a run writes by day, through Delta alone. */
final class OthersOnDelta {
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";

  private final EngineLake lake;
  private final String path;

  OthersOnDelta(EngineLake lake, String path) {
    this.lake = lake;
    this.path = path;
  }

  /** The latest version; -1 when there is no table. */
  long version() {
    return latest().version();
  }

  void delete(int day) {
    statement("DELETE FROM {table} WHERE day = " + literal(day));
  }

  void deleteAll() {
    statement("DELETE FROM {table}");
  }

  void restore(int version) {
    statement("RESTORE TABLE {table} TO VERSION AS OF " + version);
  }

  /** Another table, with the rows of a day. */
  void replace(int day, String token) {
    statement(
        "CREATE OR REPLACE TABLE {table} USING delta PARTITIONED BY (day) AS " + query(day, token));
  }

  void append(int day, String token) {
    rows(day, token).write().format("delta").mode("append").save(lake.path(path).toString());
  }

  void overwrite(int day, String token) {
    rows(day, token)
        .write()
        .format("delta")
        .mode("overwrite")
        .option("replaceWhere", "day = " + literal(day))
        .save(lake.path(path).toString());
  }

  void optimize() {
    statement("OPTIMIZE {table}");
  }

  /** Removes the files that no version names, and those that only older ones do, however young. */
  void vacuum() {
    lake.spark().conf().set(RETENTION_CHECK, "false");
    try {
      statement("VACUUM {table} RETAIN 0 HOURS");
    } finally {
      lake.spark().conf().unset(RETENTION_CHECK);
    }
  }

  /** {@code penstock clean}, for which nothing here is old enough. */
  void clean() {
    lake.engine().lake().cleaning(List.of(), Cleaning.LEAST_AGE).remove();
  }

  void drop() {
    try {
      FileUtils.deleteDirectory(lake.path(path).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries before the latest version expire, as they do 30 days after a checkpoint. */
  void expire() {
    Snapshot snapshot = latest();
    long latest = snapshot.version();
    log().checkpoint(snapshot, Option.empty());
    for (long version = 0; version < latest; version++) {
      String name = String.format(Locale.ROOT, "%020d", version);
      for (String end : List.of(".json", ".crc")) {
        delete(lake.path(path).resolve("_delta_log").resolve(name + end));
        delete(lake.path(path).resolve("_delta_log").resolve("." + name + end + ".crc"));
      }
    }
    DeltaLog.clearCache();
  }

  /** The rows that {@link #append} and the others bring, {@code id,token}. */
  static List<String> lines(String token) {
    return Stream.of(0, 1).map(id -> id + "," + token).toList();
  }

  private Dataset<Row> rows(int day, String token) {
    return lake.sql(query(day, token));
  }

  /** In one file, as what the maps count as one. */
  private static String query(int day, String token) {
    return "SELECT /*+ COALESCE(1) */ id, "
        + literal(day)
        + " AS day, '"
        + token
        + "' AS token FROM range(2)";
  }

  static String literal(int day) {
    return "DATE'2026-03-0" + day + "'";
  }

  private void statement(String text) {
    lake.sql(text.replace("{table}", "delta.`{lake}/" + path + "`")).collect();
  }

  private Snapshot latest() {
    return log().update(false, Option.empty(), Option.empty());
  }

  private DeltaLog log() {
    return DeltaLog.forTable(lake.spark(), lake.path(path).toString());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
