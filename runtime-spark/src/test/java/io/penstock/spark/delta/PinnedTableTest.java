package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.dayOf;
import static io.penstock.spark.delta.Lake.partition;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class PinnedTableTest {
  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = new Lake(directory);
  }

  @Test
  void aTableTellsWhatItIs() {
    lake.sql(
        "t",
        "CREATE TABLE {table} (ts TIMESTAMP NOT NULL COMMENT 'when', day DATE GENERATED ALWAYS AS"
            + " (CAST(ts AS DATE)), n INT) USING delta PARTITIONED BY (day) COMMENT 'clicks'"
            + " TBLPROPERTIES ('penstock.pipeline' = 'land')");
    lake.sql("t", "ALTER TABLE {table} ADD CONSTRAINT small CHECK (n < 5)");
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.version()).isEqualTo(1);
    assertThat(table.schema().toDDL())
        .isEqualTo("ts TIMESTAMP NOT NULL COMMENT 'when',day DATE,n INT");
    assertThat(table.partitionColumns()).containsExactly("day");
    assertThat(table.comment()).contains("clicks");
    assertThat(table.properties()).containsEntry(TableProperties.PIPELINE, "land");
    assertThat(table.generatedColumns()).containsEntry("day", "CAST(ts AS DATE)");
    assertThat(table.constraints()).containsEntry("small", "n < 5");
  }

  @Test
  void aMissingTableIsNamed() {
    assertThat(lake.tables().exists(lake.path("absent"))).isFalse();
    assertThatThrownBy(() -> lake.tables().open(lake.path("absent")))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("INPUT_MISSING"))
        .hasMessageContaining("absent")
        .hasMessageContaining("run the job that writes the table");
  }

  @Test
  void rowsStayThoseOfTheVersionWhileTheTableMovesOn() {
    lake.daily("t");
    lake.replace("t", lake.ids(5, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    PinnedTable table = lake.tables().open(lake.path("t"));
    Dataset<Row> rows = table.rows();
    lake.replace("t", lake.ids(9, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    lake.sql("t", "ALTER TABLE {table} ADD COLUMNS (extra INT)");
    assertSameRows(lake.ids(5, FIRST), rows);
    assertSameRows(lake.ids(5, FIRST), table.rows());
    assertThat(table.summary(partition(FIRST)).rows()).hasValue(5);
    assertThat(table.version()).isEqualTo(1);
  }

  @Test
  void openingAndPlanningTouchNoDataFile() throws IOException {
    lake.daily("t");
    lake.replace("t", lake.ids(5, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    deleteDataFiles("t", "day=2026-03-01");
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.rows().where("id > 3").groupBy("day").count().columns())
        .containsExactly("day", "count");
    assertThat(table.summary(partition(FIRST)))
        .satisfies(files -> assertThat(files.files()).isEqualTo(2))
        .satisfies(files -> assertThat(files.bytes()).isPositive())
        .satisfies(files -> assertThat(files.rows()).hasValue(5));
    assertThat(table.missing(partition(FIRST)).isEmpty()).isTrue();
  }

  @Test
  void partitionsThatAFilterExcludesAreNotRead() throws IOException {
    lake.daily("t");
    lake.replace("t", lake.ids(5, FIRST), FIRST, stamp(unit("p", FIRST), 0));
    Dataset<Row> late = lake.ids(3, SECOND).selectExpr("id + 100 AS id", "day");
    lake.replace("t", late, SECOND, stamp(unit("p", SECOND), 0));
    deleteDataFiles("t", "day=2026-03-01");
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertSameRows(late, table.rows(partition(SECOND)));
    assertSameRows(late, table.rows().where(partition(SECOND).sql()));
    assertThatThrownBy(() -> table.rows().collectAsList())
        .hasStackTraceContaining("FileNotFoundException");
  }

  @Test
  void emptyIsNotMissing() {
    lake.daily("t");
    lake.replace("t", lake.ids(0, FIRST), FIRST, stamp(unit("p", FIRST), 4));
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.missing(partition(FIRST)).isEmpty()).isTrue();
    assertThat(table.missing(partition(SECOND)).isEmpty()).isFalse();
    assertThat(
            table.missing(
                PartitionPredicate.units(List.of(List.of(dayOf(FIRST)), List.of(dayOf(SECOND))))))
        .containsExactly(List.of(dayOf(SECOND)));
    assertThat(table.summary(partition(FIRST)).files()).isEqualTo(1);
    assertThat(table.summary(partition(FIRST)).rows()).hasValue(0);
    assertThat(table.publications()).containsExactly(new UnitEpoch(unit("p", FIRST), 4));
    assertThat(table.epochOf(unit("p", FIRST))).hasValue(4);
    assertThat(table.epochOf(unit("other", FIRST))).isEmpty();
  }

  /** Reading them from there saves computing the table's state: nothing else may depend on it. */
  @Test
  void publicationsAreTheSameWithAndWithoutChecksumFiles() throws IOException {
    lake.daily("t");
    for (int epoch = 1; epoch <= 3; epoch++) {
      lake.replace("t", lake.ids(epoch, FIRST), FIRST, stamp(unit("p", FIRST), epoch));
      lake.replace("t", lake.ids(epoch, SECOND), SECOND, stamp(unit("p", SECOND), epoch));
      lake.sql("t", "INSERT INTO {table} VALUES (9, DATE'2026-04-01')");
    }
    PinnedTable quick = lake.tables().open(lake.path("t"));
    assertThat(quick.state().snapshot().checksumOpt().get().setTransactions().isDefined())
        .as("Delta keeps transactions in checksum files")
        .isTrue();

    try (Stream<Path> log = Files.list(directory.resolve("t/_delta_log"))) {
      for (Path file : log.filter(name -> name.toString().endsWith(".crc")).toList()) {
        Files.delete(file);
      }
    }
    DeltaLog.clearCache();
    PinnedTable slow = lake.tables().open(lake.path("t"));

    assertThat(slow.state().snapshot().checksumOpt().isEmpty()).isTrue();
    assertThat(slow.publications())
        .containsExactlyInAnyOrder(
            new UnitEpoch(unit("p", FIRST), 3), new UnitEpoch(unit("p", SECOND), 3))
        .containsExactlyInAnyOrderElementsOf(quick.publications());
  }

  @Test
  void replacingTheWholeTableByNothingMakesTheTablePresentAndNoPartition() {
    PinnedTable table = lake.daily("t");
    assertThat(table.present()).isFalse();
    lake.commit(
        lake.tables().stage(table, lake.ids(0, FIRST), Replacement.wholeTable()),
        stamp(UnitId.wholeTable("full"), 0));
    PinnedTable replaced = lake.tables().open(lake.path("t"));
    assertThat(replaced.present()).isTrue();
    assertThat(replaced.rows().count()).isZero();
    assertThat(replaced.missing(partition(SECOND)).isEmpty()).isFalse();
    assertThat(replaced.publishersOf(List.of(List.of(dayOf(SECOND))))).containsExactly("full");
  }

  @Test
  void partitionsWrittenByOthersArePresentWhateverTheirType() {
    lake.sql(
        "t",
        "CREATE TABLE {table} (s STRING, i INT, b BOOLEAN, m DECIMAL(10,2), ts TIMESTAMP, v INT)"
            + " USING delta PARTITIONED BY (s, i, b, m, ts)");
    lake.sql(
        "t",
        "INSERT INTO {table} VALUES ('a b/c=''%', 7, true, 1.5, TIMESTAMP'2026-03-01"
            + " 10:00:00.000001Z', 1)");
    PinnedTable table = lake.tables().open(lake.path("t"));
    List<PartitionValue> values =
        List.of(
            new PartitionValue("s", DataTypes.StringType, "a b/c='%"),
            new PartitionValue("i", DataTypes.IntegerType, 7),
            new PartitionValue("b", DataTypes.BooleanType, true),
            new PartitionValue("m", DataTypes.createDecimalType(10, 2), new BigDecimal("1.5")),
            new PartitionValue(
                "ts", DataTypes.TimestampType, Instant.parse("2026-03-01T10:00:00.000001Z")));
    assertThat(table.missing(PartitionPredicate.units(List.of(values)))).isEmpty();
    assertThat(values)
        .allSatisfy(value -> assertThat(table.missing(PartitionPredicate.unit(value))).isEmpty());
    assertThat(
            table
                .missing(PartitionPredicate.unit(new PartitionValue("i", DataTypes.IntegerType, 8)))
                .isEmpty())
        .isFalse();
  }

  @Test
  void aColumnThatDoesNotPartitionIsRefused() {
    PinnedTable table = lake.daily("t");
    PartitionPredicate byId =
        PartitionPredicate.unit(new PartitionValue("id", DataTypes.LongType, 1L));
    assertThatThrownBy(() -> table.summary(byId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'id'")
        .hasMessageContaining("Partition columns: day");
  }

  private void deleteDataFiles(String table, String partition) throws IOException {
    try (Stream<Path> files = Files.list(lake.local(table).resolve(partition))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
