package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.UnpublishableException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table gets new columns by the commit that publishes rows which have them, or not at all. */
@Tag("spark")
final class NewColumnsTest {
  private static final String ODD = "odd-näme";

  @TempDir private Path directory;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = new Lake(directory);
  }

  @Test
  void oneCommitHoldsTheColumnsAndTheRows() {
    PinnedTable before = lake.daily("t");
    StagedWrite staged = stage(before, FIRST, "2 AS `odd-näme`");
    assertSameRows(lake.ids(3, FIRST).selectExpr("id", "day", "2 AS `odd-näme`"), staged.written());
    assertThat(now().version()).isEqualTo(before.version());

    lake.commit(staged, stamp(unit("p", FIRST), 1));

    assertThat(now().version()).isEqualTo(before.version() + 1);
    StructField added = now().schema().apply(ODD);
    assertThat(added.nullable()).isTrue();
    assertSameRows(lake.ids(3, FIRST).selectExpr("id", "day", "2 AS `odd-näme`"), lake.rows("t"));
  }

  @Test
  void rowsThatWereThereHaveNoValue() {
    lake.daily("t");
    lake.replace("t", lake.ids(2, FIRST), FIRST, stamp(unit("p", FIRST), 1));

    lake.commit(stage(now(), SECOND, "id * 2 AS twice"), stamp(unit("p", SECOND), 1));

    assertSameRows(
        lake.ids(2, FIRST)
            .selectExpr("id", "day", "CAST(NULL AS BIGINT) AS twice")
            .union(lake.ids(3, SECOND).selectExpr("id", "day", "id * 2 AS twice")),
        lake.rows("t"));
  }

  @Test
  void whatIsStagedLeavesTheTableAsItWas() {
    PinnedTable before = lake.daily("t");
    StagedWrite staged = stage(before, FIRST, "2 AS n");

    assertThat(now().version()).isEqualTo(before.version());
    assertSameRows(
        lake.ids(3, FIRST).selectExpr("id", "day", "2 AS n"),
        lake.tables().readStaged(lake.path("t"), staged.actionsAsJson()));
  }

  @Test
  void mappedColumnsGetTheirNamesOnce() {
    lake.daily("t", "'delta.columnMapping.mode' = 'name'");
    lake.replace("t", lake.ids(2, FIRST), FIRST, stamp(unit("p", FIRST), 1));

    lake.commit(stage(now(), FIRST, "2 AS `a b`"), stamp(unit("p", FIRST), 2));
    lake.commit(stage(now(), SECOND, "3 AS `a b`", "4 AS later"), stamp(unit("p", SECOND), 1));

    assertSameRows(
        lake.ids(3, FIRST)
            .selectExpr("id", "day", "2 AS `a b`", "CAST(NULL AS INT) AS later")
            .union(lake.ids(3, SECOND).selectExpr("id", "day", "3 AS `a b`", "4 AS later")),
        lake.rows("t"));
    assertThat(now().properties()).containsEntry("delta.columnMapping.maxColumnId", "4");
  }

  @Test
  void aColumnThatTheTableCannotStoreIsRefusedWithTheWayToAllowIt() {
    String column = "TIMESTAMP_NTZ'2026-03-01 10:00:00' AS at";
    PinnedTable before = lake.daily("t");

    assertThatThrownBy(() -> stage(before, FIRST, column))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("SCHEMA_MISMATCH"))
        .hasMessageContaining("timestampNtz")
        .hasMessageContaining("'delta.feature.timestampNtz' = 'supported'");

    lake.sql(
        "t", "ALTER TABLE {table} SET TBLPROPERTIES ('delta.feature.timestampNtz' = 'supported')");
    lake.commit(stage(now(), FIRST, column), stamp(unit("p", FIRST), 1));
    assertSameRows(lake.ids(3, FIRST).selectExpr("id", "day", column), lake.rows("t"));
  }

  @Test
  void attemptsThatAddTheSameColumnsBothSucceed() {
    PinnedTable before = lake.daily("t");
    StagedWrite first = stage(before, FIRST, "2 AS n");
    StagedWrite second = stage(before, SECOND, "3 AS n");

    lake.commit(first, stamp(unit("p", FIRST), 1));
    lake.commit(second, stamp(unit("p", SECOND), 1));

    assertSameRows(
        lake.ids(3, FIRST)
            .selectExpr("id", "day", "2 AS n")
            .union(lake.ids(3, SECOND).selectExpr("id", "day", "3 AS n")),
        lake.rows("t"));
  }

  @Test
  void attemptsThatAddDifferentColumnsAreToldApart() {
    PinnedTable before = lake.daily("t");
    StagedWrite late = stage(before, FIRST, "2 AS n");
    lake.commit(stage(before, SECOND, "'3' AS n"), stamp(unit("p", SECOND), 1));

    assertThatThrownBy(() -> lake.commit(late, stamp(unit("p", FIRST), 1)))
        .isInstanceOf(UnpublishableException.class)
        .satisfies(isFailure("CONCURRENT_WRITER"));
  }

  @Test
  void otherDifferencesAreNotMended() {
    PinnedTable table = lake.daily("t");
    assertThatThrownBy(
            () ->
                lake.tables()
                    .stageWithNewColumns(
                        table,
                        lake.ids(1, FIRST).selectExpr("day", "1 AS n"),
                        Replacement.wholeTable()))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("SCHEMA_MISMATCH"))
        .hasMessageContaining("'id' is missing");
  }

  @Test
  void newColumnsAreAddedOnlyWhereTheyAreAskedFor() {
    PinnedTable table = lake.daily("t");
    assertThatThrownBy(
            () ->
                lake.tables()
                    .stage(
                        table,
                        lake.ids(1, FIRST).selectExpr("id", "day", "1 AS n"),
                        Replacement.wholeTable()))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("SCHEMA_MISMATCH"));
  }

  private StagedWrite stage(PinnedTable table, LocalDate day, String... added) {
    Dataset<Row> rows = lake.ids(3, day);
    for (String column : added) {
      rows = rows.selectExpr("*", column);
    }
    return lake.tables().stageWithNewColumns(table, rows, Replacement.of(Lake.partition(day)));
  }

  private PinnedTable now() {
    return lake.tables().open(lake.path("t"));
  }
}
