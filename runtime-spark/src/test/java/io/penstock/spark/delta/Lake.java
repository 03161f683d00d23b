package io.penstock.spark.delta;

import io.penstock.spark.publication.JournalledOutput;
import io.penstock.spark.publication.Steps;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Tables in a directory of a test, and the values that tests speak of. */
final class Lake {
  static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  static final LocalDate SECOND = LocalDate.of(2026, 3, 2);

  private final SparkSession spark = SparkTestSession.spark();
  private final java.nio.file.Path directory;

  Lake(java.nio.file.Path directory) {
    this.directory = directory;
  }

  SparkSession spark() {
    return spark;
  }

  DeltaTables tables() {
    return DeltaTables.on(spark);
  }

  Path path(String name) {
    return new Path(directory.resolve(name).toUri());
  }

  /** Of the table {@code t} the first day is published, with two rows, as attempt 1. */
  static Lake withPublishedDay(java.nio.file.Path directory) {
    Lake lake = new Lake(directory);
    lake.daily("t");
    lake.replace("t", lake.ids(2, FIRST), FIRST, stamp(unit("mine", FIRST), 1));
    return lake;
  }

  /** The same lake once more in another place: tables name their files relative to themselves. */
  Lake copyTo(java.nio.file.Path other) {
    try {
      FileUtils.copyDirectory(directory.toFile(), other.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lake(other);
  }

  /** The table's directory for {@code java.nio}. */
  java.nio.file.Path local(String name) {
    return directory.resolve(name);
  }

  /** Runs a statement in which {@code {table}} stands for the table. */
  Dataset<Row> sql(String name, String statement) {
    return spark.sql(statement.replace("{table}", "delta.`" + path(name) + "`"));
  }

  /** A table of an id and a day, partitioned by the day. */
  PinnedTable daily(String name, String... properties) {
    sql(
        name,
        "CREATE TABLE {table} (id BIGINT, day DATE) USING delta PARTITIONED BY (day)"
            + (properties.length == 0
                ? ""
                : " TBLPROPERTIES (" + String.join(", ", properties) + ")"));
    return tables().open(path(name));
  }

  /** Ids from zero on, all of one day. */
  Dataset<Row> ids(long count, LocalDate day) {
    return spark.range(0, count, 1, 2).selectExpr("id", "DATE'" + day + "' AS day");
  }

  Dataset<Row> rows(String name) {
    return tables().open(path(name)).rows();
  }

  StagedWrite stage(String name, Dataset<Row> frame, LocalDate day) {
    return tables().stage(tables().open(path(name)), frame, Replacement.of(partition(day)));
  }

  CommitResult commit(StagedWrite staged, CommitStamp stamp) {
    return commit(staged, stamp, TableDescription.NONE, () -> {});
  }

  CommitResult commit(
      StagedWrite staged, CommitStamp stamp, TableDescription description, Runnable beforeEachTry) {
    return commit(staged.path(), staged.prepared(stamp, description), beforeEachTry);
  }

  CommitResult commit(Path table, PreparedCommit commit, Runnable beforeEachTry) {
    TablePublication publication = publication(table, commit);
    AtomicInteger attempts = new AtomicInteger();
    publication.publish(
        () -> {
          attempts.incrementAndGet();
          beforeEachTry.run();
        },
        Steps.IGNORED);
    return new CommitResult(publication.output().version(), attempts.get());
  }

  /** What publishes a commit, whoever has prepared it. */
  TablePublication publication(Path table, PreparedCommit commit) {
    return publication(table, commit, commit.replacement().conflict());
  }

  /** The same for rows that another conflict would be the end of. */
  TablePublication publication(Path table, PreparedCommit commit, Replacement.Conflict conflict) {
    JournalledOutput output =
        new JournalledOutput(
            table.getName(),
            "delta",
            table.toString(),
            List.of(),
            0,
            0,
            0,
            0,
            OptionalLong.empty());
    return new TablePublication(
        table,
        new JournalledTable(table.getName(), output, commit),
        conflict,
        () -> tables().log(table),
        spark.sessionState().newHadoopConf());
  }

  /** Stages and publishes a day. */
  CommitResult replace(String name, Dataset<Row> frame, LocalDate day, CommitStamp stamp) {
    return commit(stage(name, frame, day), stamp);
  }

  static PartitionPredicate partition(LocalDate day) {
    return PartitionPredicate.unit(dayOf(day));
  }

  static PartitionValue dayOf(LocalDate day) {
    return new PartitionValue("day", DataTypes.DateType, day);
  }

  static UnitId unit(String pipeline, LocalDate day) {
    return UnitId.of(pipeline, List.of(dayOf(day)));
  }

  static CommitStamp stamp(UnitId unit, long epoch) {
    return new CommitStamp(
        "run-" + unit.pipeline() + "-" + epoch,
        unit.pipeline(),
        "2026-03-01/2026-03-02",
        "f00d",
        Collections.emptySortedMap(),
        List.of(new UnitEpoch(unit, epoch)));
  }
}
