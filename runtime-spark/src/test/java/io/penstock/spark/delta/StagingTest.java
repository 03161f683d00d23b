package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class StagingTest {
  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = new Lake(directory);
  }

  @Test
  void stagedRowsAreCountedAndReadableButInvisible() {
    lake.daily("t");
    StagedWrite staged = lake.stage("t", lake.ids(100, FIRST), FIRST);
    assertThat(staged.rows()).isEqualTo(100);
    assertThat(staged.bytes()).isPositive();
    assertThat(StagedFile.of(staged))
        .hasSize(2)
        .allSatisfy(
            file ->
                assertThat(file.partitionValues())
                    .isEqualTo(Map.of("day", Optional.of("2026-03-01"))));
    assertSameRows(lake.ids(100, FIRST), staged.written());
    assertThat(lake.tables().open(lake.path("t")).version()).isZero();
    assertSameRows(lake.ids(0, FIRST), lake.rows("t"));
  }

  @Test
  void aCommitReplacesThePartitionAndNothingElse() throws IOException {
    lake.daily("t");
    lake.replace("t", lake.ids(5, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    lake.replace("t", lake.ids(7, SECOND), SECOND, stamp(unit("p", SECOND), 0));
    CommitResult result = lake.replace("t", lake.ids(2, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    assertThat(result.version()).hasValue(3);
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(Files.readAllLines(lake.local("t/_delta_log/00000000000000000003.json")))
        .filteredOn(action -> action.startsWith("{\"remove\""))
        .hasSize(2);
    assertSameRows(lake.ids(2, FIRST).union(lake.ids(7, SECOND)), lake.rows("t"));
  }

  @Test
  void noRowsClearThePartition() {
    lake.daily("t");
    lake.replace("t", lake.ids(5, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    StagedWrite staged = lake.stage("t", lake.ids(0, FIRST), FIRST);
    assertThat(staged.rows()).isZero();
    assertSameRows(lake.ids(0, FIRST), staged.written());
    lake.commit(staged, stamp(unit("p", FIRST), 1));
    assertSameRows(lake.ids(0, FIRST), lake.rows("t"));
  }

  @Test
  void theCommitIsRecordedAlsoWhenNothingChanges() {
    lake.daily("t");
    CommitStamp stamp = stamp(unit("p", FIRST), 0);
    CommitResult result = lake.replace("t", lake.ids(0, FIRST), FIRST, stamp);
    assertThat(result.version()).hasValue(1);
    assertThat(
            lake.sql("t", "DESCRIBE HISTORY {table} LIMIT 1").first().<String>getAs("userMetadata"))
        .isEqualTo(stamp.json());
  }

  @Test
  void theHistoryShowsWhatWasWritten() {
    lake.daily("t");
    lake.replace("t", lake.ids(100, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    Row entry = lake.sql("t", "DESCRIBE HISTORY {table} LIMIT 1").first();
    assertThat(entry.getJavaMap(entry.fieldIndex("operationMetrics")))
        .containsEntry("numOutputRows", "100")
        .containsEntry("numFiles", "2");
    assertThat(entry.getJavaMap(entry.fieldIndex("operationParameters")).toString())
        .contains("`day` = DATE '2026-03-01'");
  }

  @Test
  void aWholeTableIsReplaced() {
    PinnedTable table = lake.daily("t");
    lake.replace("t", lake.ids(5, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    StagedWrite staged = lake.tables().stage(table, lake.ids(3, SECOND), Replacement.wholeTable());
    lake.commit(staged, stamp(UnitId.wholeTable("full"), 0));
    assertSameRows(lake.ids(3, SECOND), lake.rows("t"));
  }

  @Test
  void rowsAreCountedWithStatisticsOff() {
    lake.daily("t", "'delta.dataSkippingNumIndexedCols' = '0'");
    SparkSession quiet = lake.spark().newSession();
    quiet.conf().set("spark.databricks.delta.stats.collect", "false");
    DeltaTables tables = DeltaTables.on(quiet);
    StagedWrite staged =
        tables.stage(
            tables.open(lake.path("t")),
            quiet.range(10).selectExpr("id", "DATE'2026-03-01' AS day"),
            Replacement.of(Lake.partition(FIRST)));
    assertThat(staged.rows()).isEqualTo(10);
    assertThat(quiet.conf().get("spark.databricks.delta.stats.collect")).isEqualTo("false");
  }

  @Test
  void generatedPartitionColumnsAreFilledIn() {
    lake.sql(
        "t",
        "CREATE TABLE {table} (ts TIMESTAMP, day DATE GENERATED ALWAYS AS (CAST(ts AS DATE)), id"
            + " BIGINT) USING delta PARTITIONED BY (day)");
    Dataset<Row> frame =
        lake.spark().range(3).selectExpr("id", "TIMESTAMP'2026-03-01 10:00:00' AS ts");
    lake.replace("t", frame, FIRST, stamp(unit("p", FIRST), 0));
    assertSameRows(
        lake.spark()
            .range(3)
            .selectExpr("TIMESTAMP'2026-03-01 10:00:00' AS ts", "DATE'2026-03-01' AS day", "id"),
        lake.rows("t"));
  }

  @Test
  void columnMappingKeepsLogicalNames() {
    lake.daily("t", "'delta.columnMapping.mode' = 'name'");
    lake.sql("t", "ALTER TABLE {table} RENAME COLUMN id TO number");
    Dataset<Row> frame = lake.ids(4, FIRST).withColumnRenamed("id", "number");
    StagedWrite staged = lake.stage("t", frame, FIRST);
    assertThat(StagedFile.of(staged).get(0).partitionValues())
        .isEqualTo(Map.of("day", Optional.of("2026-03-01")));
    assertSameRows(frame, staged.written());
    lake.commit(staged, stamp(unit("p", FIRST), 0));
    lake.replace("t", frame.limit(1), FIRST, stamp(unit("p", FIRST), 1));
    assertThat(lake.tables().open(lake.path("t")).summary(Lake.partition(FIRST)).rows())
        .hasValue(1);
    assertSameRows(frame.limit(1), lake.rows("t"));
  }

  @Test
  void theChangeFeedShowsWhatAReplacementChanged() {
    lake.daily("t", "'delta.enableChangeDataFeed' = 'true'");
    lake.replace("t", lake.ids(2, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    assertSameRows(
        lake.spark()
            .sql("SELECT * FROM VALUES ('delete', 2L), ('insert', 3L) AS t(_change_type, count)"),
        lake.spark()
            .read()
            .format("delta")
            .option("readChangeFeed", "true")
            .option("startingVersion", 2)
            .load(lake.path("t").toString())
            .groupBy("_change_type")
            .count());
  }

  @Test
  void rowsDeletedByDeletionVectorAreReplacedToo() {
    lake.daily("t", "'delta.enableDeletionVectors' = 'true'");
    lake.replace("t", lake.ids(10, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    lake.sql("t", "DELETE FROM {table} WHERE id = 3");
    assertThat(lake.tables().open(lake.path("t")).summary(Lake.partition(FIRST)).rows())
        .hasValue(9);
    lake.replace("t", lake.ids(4, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    assertSameRows(lake.ids(4, FIRST), lake.rows("t"));
  }

  @Test
  void aBrokenCheckIsNamed() {
    lake.daily("t");
    lake.sql("t", "ALTER TABLE {table} ADD CONSTRAINT small CHECK (id < 50)");
    RunFailedException broken =
        catchThrowableOfType(
            RunFailedException.class, () -> lake.stage("t", lake.ids(100, FIRST), FIRST));
    assertThat(broken.failure().code()).isEqualTo("CONSTRAINT_VIOLATED");
    assertThat(broken)
        .hasMessageContaining("constraint small (id < 50)")
        .hasMessageContaining("by a row with id = ");
  }

  @Test
  void anAbsentValueIsNamed() {
    lake.sql(
        "t",
        "CREATE TABLE {table} (id BIGINT NOT NULL, day DATE) USING delta PARTITIONED BY (day)");
    RunFailedException broken =
        catchThrowableOfType(
            RunFailedException.class,
            () ->
                lake.stage(
                    "t",
                    lake.ids(10, FIRST).selectExpr("IF(id = 3, NULL, id) AS id", "day"),
                    FIRST));
    assertThat(broken).hasMessageContaining("constraint NOT NULL id");
  }

  @Test
  void aRowOutsideThePartitionsIsRefused() {
    lake.daily("t");
    RunFailedException outside =
        catchThrowableOfType(
            RunFailedException.class, () -> lake.stage("t", lake.ids(1, SECOND), FIRST));
    assertThat(outside)
        .hasMessageContaining("outside the partitions to replace, `day` = DATE '2026-03-01'")
        .hasMessageContaining("by a row with day = 2026-03-02");
    assertThat(lake.tables().open(lake.path("t")).version()).isZero();
  }

  @Test
  void fortyThreeColumnsAreWrittenAndCounted() {
    List<String> columns = new ArrayList<>(List.of("id", "day"));
    for (int i = 0; i < 40; i++) {
      columns.add("id + " + i + " AS c" + i);
    }
    columns.add("IF(id % 2 = 0, NULL, id) AS late");
    Dataset<Row> wide = lake.ids(10, FIRST).selectExpr(columns.toArray(String[]::new));
    StagedWrite staged =
        lake.tables()
            .stageFirst(
                new TableDefinition(
                    lake.path("t"), wide.schema(), List.of("day"), TableDescription.NONE),
                wide,
                Replacement.of(Lake.partition(FIRST)));
    assertThat(staged.rows()).isEqualTo(10);
    lake.commit(staged, stamp(unit("p", FIRST), 0));
    assertSameRows(wide, lake.rows("t"));
  }

  @Test
  void columnsAreReorderedToTheTables() {
    lake.daily("t");
    lake.replace("t", lake.ids(2, FIRST).select("day", "id"), FIRST, stamp(unit("p", FIRST), 0));
    assertSameRows(lake.ids(2, FIRST), lake.rows("t"));
  }

  @Test
  void theFrameIsEvaluatedOnce() {
    lake.daily("t");
    LongAccumulator evaluated = lake.spark().sparkContext().longAccumulator();
    Dataset<Row> frame =
        lake.spark()
            .range(0, 50, 1, 2)
            .map(
                (MapFunction<Long, Long>)
                    id -> {
                      evaluated.add(1);
                      return id;
                    },
                Encoders.LONG())
            .selectExpr("value AS id", "DATE'2026-03-01' AS day");
    StagedWrite staged = lake.stage("t", frame, FIRST);
    assertThat(staged.rows()).isEqualTo(50);
    lake.commit(staged, stamp(unit("p", FIRST), 0));
    assertThat(evaluated.value()).isEqualTo(50);
  }

  @Test
  void jobsRunInTheirGroupAndTheThreadIsLeftAsItWas() throws Exception {
    lake.daily("t");
    List<String> groups = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            groups.add(job.properties().getProperty("spark.jobGroup.id", "none"));
          }
        };
    SparkSession other = lake.spark().newSession();
    SparkSession.setActiveSession(other);
    // Another test of this thread may have left one.
    lake.spark().sparkContext().clearJobGroup();
    lake.spark().sparkContext().addSparkListener(listener);
    try {
      DeltaTables tables = lake.tables().inJobGroup("run-7");
      PinnedTable table = tables.open(lake.path("t"));
      tables.stage(table, lake.ids(1, FIRST), Replacement.of(Lake.partition(FIRST)));
      lake.spark().sparkContext().listenerBus().waitUntilEmpty();
      assertThat(SparkSession.active()).isSameAs(other);
    } finally {
      lake.spark().sparkContext().removeSparkListener(listener);
      SparkSession.setActiveSession(lake.spark());
    }
    assertThat(groups).isNotEmpty().containsOnly("run-7");
    assertThat(lake.spark().sparkContext().getLocalProperty("spark.jobGroup.id")).isNull();
  }

  @Test
  void anotherProcessReadsStagedRowsFromTheirJson() {
    lake.daily("t");
    List<String> actions = lake.stage("t", lake.ids(6, FIRST), FIRST).actionsAsJson();
    assertSameRows(lake.ids(6, FIRST), lake.tables().readStaged(lake.path("t"), actions));
  }

  @Test
  void tablesAreStagedInThreadsAndCommittedFromAnother() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<StagedWrite>> staging = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        lake.daily(name);
        staging.add(threads.submit(() -> lake.stage(name, lake.ids(9, FIRST), FIRST)));
      }
      for (Future<StagedWrite> staged : staging) {
        lake.commit(staged.get(), stamp(unit("p", FIRST), 0));
      }
    } finally {
      threads.shutdown();
    }
    assertSameRows(lake.ids(9, FIRST), lake.rows("a"));
    assertSameRows(lake.ids(9, FIRST), lake.rows("b"));
    assertSameRows(lake.ids(9, FIRST), lake.rows("c"));
  }
}
