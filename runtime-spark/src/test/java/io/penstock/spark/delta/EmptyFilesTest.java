package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.dayOf;
import static io.penstock.spark.delta.Lake.partition;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition that is replaced by nothing has a file without rows; what Delta makes of it. */
@Tag("spark")
final class EmptyFilesTest {
  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = new Lake(directory);
  }

  @Test
  void aDayOfNothingHasOneFileInItsPartition() {
    lake.daily("t");
    StagedWrite staged = lake.stage("t", lake.ids(0, FIRST), FIRST);
    assertThat(staged.rows()).isZero();
    assertThat(staged.bytes()).isPositive();
    assertThat(StagedFile.of(staged))
        .singleElement()
        .satisfies(
            file -> assertThat(file.path().getParent().getName()).isEqualTo("day=2026-03-01"))
        .satisfies(file -> assertThat(file.path().getName()).matches("part-.*\\.parquet"))
        .satisfies(
            file ->
                assertThat(file.partitionValues())
                    .isEqualTo(Map.of("day", Optional.of("2026-03-01"))));
    assertThat(staged.written().count()).isZero();
  }

  @Test
  void eachUnitWithoutRowsHasAFile() {
    lake.daily("t");
    PartitionPredicate both =
        PartitionPredicate.units(List.of(List.of(dayOf(FIRST)), List.of(dayOf(SECOND))));
    lake.commit(
        lake.tables()
            .stage(lake.tables().open(lake.path("t")), lake.ids(3, SECOND), Replacement.of(both)),
        stamp(unit("p", FIRST), 1));
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.missing(both)).isEmpty();
    assertThat(table.summary(partition(FIRST)).rows()).hasValue(0);
    assertThat(table.summary(partition(SECOND)).rows()).hasValue(3);
  }

  /** What Delta does with a day of nothing, and whether it is there afterwards. */
  @Test
  void aDayOfNothingIsThereUntilItIsTakenOut() {
    lake.daily("t", "'delta.enableDeletionVectors' = 'true'");
    lake.replace("t", lake.ids(3, SECOND), SECOND, stamp(unit("p", SECOND), 1));
    replaceByNothing(1);
    for (String harmless :
        List.of(
            "OPTIMIZE {table}",
            "OPTIMIZE {table} WHERE day = '2026-03-01'",
            "DELETE FROM {table} WHERE id = 1",
            "UPDATE {table} SET id = 7 WHERE id = 2",
            "ALTER TABLE {table} ADD COLUMNS (extra INT)",
            "VACUUM {table}")) {
      lake.sql("t", harmless);
      assertThat(isPresent()).as(harmless).isTrue();
    }
    int epoch = 1;
    for (String taking :
        List.of(
            "DELETE FROM {table} WHERE day = '2026-03-01'",
            "DELETE FROM {table}",
            "RESTORE TABLE {table} TO VERSION AS OF 0",
            "INSERT INTO {table} REPLACE WHERE day = '2026-03-01' SELECT * FROM {table} WHERE"
                + " false",
            "INSERT OVERWRITE {table} (id, day) VALUES (1, DATE'2026-03-02')")) {
      lake.sql("t", taking);
      assertThat(isPresent()).as(taking).isFalse();
      replaceByNothing(++epoch);
      assertThat(isPresent()).as("run again after " + taking).isTrue();
    }
  }

  private void replaceByNothing(int epoch) {
    PinnedTable table = lake.tables().open(lake.path("t"));
    lake.replace("t", table.rows().limit(0), FIRST, stamp(unit("p", FIRST), epoch));
  }

  private boolean isPresent() {
    return lake.tables().open(lake.path("t")).missing(partition(FIRST)).isEmpty();
  }

  /** Merging small files of a partition may merge the one without rows into another. */
  @Test
  void rowsOfOthersAndAFileWithoutRowsAreMerged() {
    lake.daily("t");
    lake.replace("t", lake.ids(0, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    lake.sql("t", "INSERT INTO {table} VALUES (9, DATE'2026-03-01')");
    lake.sql("t", "OPTIMIZE {table}");
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.summary(partition(FIRST)).rows()).hasValue(1);
    assertThat(table.summary(partition(FIRST)).files()).isEqualTo(1);
  }

  /** It is the one thing that is known to lose it: then the day is missing, and never wrong. */
  @Test
  void clusteringLeavesOutWhatHasNoRows() {
    lake.daily("t");
    lake.replace("t", lake.ids(0, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    lake.replace("t", lake.ids(3, SECOND), SECOND, stamp(unit("p", SECOND), 1));
    lake.sql("t", "OPTIMIZE {table} ZORDER BY (id)");
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.missing(partition(FIRST)).isEmpty()).isFalse();
    assertThat(table.missing(partition(SECOND)).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'delta.columnMapping.mode' = 'name', 'delta.enableChangeDataFeed' = 'true',"
            + " 'delta.enableRowTracking' = 'true'",
        "'delta.columnMapping.mode' = 'id', 'delta.enableDeletionVectors' = 'true',"
            + " 'delta.checkpointPolicy' = 'v2'",
        "'delta.randomizeFilePrefixes' = 'true', 'delta.dataSkippingNumIndexedCols' = '0'",
      })
  void aTableOfAnyKindHoldsADayOfNothing(String properties) throws IOException {
    lake.daily("t", properties);
    lake.replace("t", lake.ids(4, FIRST), FIRST, stamp(unit("p", FIRST), 1));
    lake.replace("t", lake.ids(2, SECOND), SECOND, stamp(unit("p", SECOND), 1));
    lake.sql("t", "DELETE FROM {table} WHERE id = 0");
    lake.replace("t", lake.ids(0, FIRST), FIRST, stamp(unit("p", FIRST), 2));

    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.missing(partition(FIRST)).isEmpty()).isTrue();
    assertThat(table.rows(partition(FIRST)).count()).isZero();
    assertThat(answers("t")).containsExactly("1 1 1 2026-03-02 2026-03-02", "0", "1");
    assertThat(new KernelReader().count(lake.path("t"))).isEqualTo(1);

    lake.replace("t", lake.ids(3, FIRST), FIRST, stamp(unit("p", FIRST), 3));
    assertThat(answers("t")).containsExactly("4 0 2 2026-03-01 2026-03-02", "3", "3");
  }

  /** Questions that Delta answers from statistics, by partition, and from columns. */
  private List<String> answers(String name) {
    List<String> answers = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT concat_ws(' ', count(*), min(id), max(id), min(day), max(day)) FROM {table}",
            "SELECT CAST(count(*) AS STRING) FROM {table} WHERE day = '2026-03-01'",
            "SELECT CAST(count(*) AS STRING) FROM {table} WHERE id >= 1")) {
      answers.add(lake.sql(name, query).first().getString(0));
    }
    return answers;
  }

  @Test
  void furtherPartitionColumnsAreNullAndThoseThatMustNotBeHaveSomeValue() throws IOException {
    lake.sql(
        "t",
        "CREATE TABLE {table} (day DATE, country STRING, hour INT NOT NULL, code STRING NOT NULL,"
            + " n INT) USING delta PARTITIONED BY (country, day, hour, code)");
    Dataset<Row> none =
        lake.spark()
            .sql("SELECT DATE'2026-03-01' AS day, 'x' AS country, 1 AS hour, 'c' AS code, 1 AS n")
            .limit(0);
    StagedWrite staged = lake.stage("t", none, FIRST);
    assertThat(StagedFile.of(staged))
        .singleElement()
        .extracting(StagedFile::partitionValues)
        .isEqualTo(
            Map.of(
                "country",
                Optional.empty(),
                "day",
                Optional.of("2026-03-01"),
                "hour",
                Optional.of("0"),
                "code",
                Optional.of("none")));
    lake.commit(staged, stamp(unit("p", FIRST), 1));
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.missing(partition(FIRST)).isEmpty()).isTrue();
    assertThat(table.missing(partition(SECOND)).isEmpty()).isFalse();
    assertThat(table.rows().count()).isZero();
    assertThat(new KernelReader().count(lake.path("t"))).isZero();

    lake.sql("t", "INSERT INTO {table} VALUES (DATE'2026-03-02', 'x', 1, 'c', 1)");
    assertThat(new KernelReader().count(lake.path("t"))).isEqualTo(1);
    for (String question : List.of("hour IS NOT NULL", "code >= 'a'", "country IS NULL OR n > 0")) {
      assertThat(lake.sql("t", "SELECT * FROM {table} WHERE " + question).count())
          .as(question)
          .isEqualTo(1);
    }
  }

  @Test
  void aUnitOfSeveralTypesIsFoundAgain() {
    lake.sql(
        "t",
        "CREATE TABLE {table} (s STRING, i INT, l BIGINT, b BOOLEAN, m DECIMAL(10,2), v INT) USING"
            + " delta PARTITIONED BY (s, i, l, b, m)");
    List<PartitionValue> values =
        List.of(
            new PartitionValue("s", DataTypes.StringType, "a b/c='%ä:"),
            new PartitionValue("i", DataTypes.IntegerType, -7),
            new PartitionValue("l", DataTypes.LongType, Long.MAX_VALUE),
            new PartitionValue("b", DataTypes.BooleanType, true),
            new PartitionValue("m", DataTypes.createDecimalType(10, 2), new BigDecimal("1.5")));
    PartitionPredicate unit = PartitionPredicate.units(List.of(values));
    PinnedTable before = lake.tables().open(lake.path("t"));
    lake.commit(
        lake.tables().stage(before, before.rows().limit(0), Replacement.of(unit)),
        stamp(UnitId.of("p", values), 1));
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.missing(unit)).isEmpty();
    assertThat(values).allMatch(value -> table.missing(PartitionPredicate.unit(value)).isEmpty());

    Dataset<Row> one =
        before
            .rows()
            .sparkSession()
            .sql(
                "SELECT \"a b/c='%ä:\" AS s, -7 AS i, 9223372036854775807L AS l, true AS b,"
                    + " CAST(1.5 AS DECIMAL(10,2)) AS m, 1 AS v");
    lake.commit(
        lake.tables().stage(table, one, Replacement.of(unit)), stamp(UnitId.of("p", values), 2));
    assertThat(lake.tables().open(lake.path("t")).summary(unit).files())
        .as("the file without rows is replaced")
        .isEqualTo(1);
  }
}
