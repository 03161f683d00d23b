package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs into and out of tables that use what Delta offers. */
final class TableFeaturesTest {
  private static final String COLUMNS = "(id BIGINT, name STRING, day DATE)";

  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows orders = read(delta("raw/orders").partition(DAY));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/orders",
        "SELECT id AS id, concat('n', id) AS name, DATE'2026-03-01' AS day FROM range(3)",
        "day");
  }

  @Test
  void changeDataFeedAndDeletionVectors() {
    create(
        "mart/feed",
        COLUMNS,
        "'delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'true'");
    Write write = orders.to(delta("mart/feed").overwrite(DAY));
    lake.succeed(write);
    lake.sql("DELETE FROM delta.`{lake}/mart/feed` WHERE id = 1");

    Write copy = read(delta("mart/feed").partition(DAY)).to(delta("mart/feed_copy").overwrite(DAY));
    RunReport read = lake.succeed(copy);
    lake.succeed(write);

    assertThat(read.inputs().get(0).rows()).hasValue(2);
    assertThat(lake.rows("mart/feed_copy").count()).isEqualTo(2);
    assertSameRows(lake.rows("raw/orders"), lake.rows("mart/feed"));
    assertThat(
            lake.sql("SELECT * FROM table_changes_by_path('{lake}/mart/feed', 1)")
                .where("_commit_version = " + lake.version("mart/feed"))
                .count())
        .isEqualTo(5);
  }

  @Test
  void columnMapping() {
    create("mart/mapped", COLUMNS, "'delta.columnMapping.mode' = 'name'");
    lake.sql("ALTER TABLE delta.`{lake}/mart/mapped` RENAME COLUMN name TO label");
    Write write =
        orders
            .rename("name", "label")
            .expect(unique("label"))
            .to(delta("mart/mapped").overwrite(DAY));

    lake.succeed(write);
    lake.succeed(write);

    assertThat(lake.rows("mart/mapped").columns()).containsExactly("id", "label", "day");
    assertThat(lake.rows("mart/mapped").count()).isEqualTo(3);
  }

  @Test
  void generatedColumns() {
    create(
        "mart/generated", "(id BIGINT, day DATE, twice BIGINT GENERATED ALWAYS AS (id * 2))", "");

    lake.succeed(orders.select("id", "day").to(delta("mart/generated").overwrite(DAY)));

    assertSameRows(
        lake.sql("SELECT id, DATE'2026-03-01' AS day, id * 2 AS twice FROM range(3)"),
        lake.rows("mart/generated"));
  }

  @Test
  void aBrokenConstraintPublishesNothing() {
    create("mart/checked", COLUMNS, "");
    lake.sql("ALTER TABLE delta.`{lake}/mart/checked` ADD CONSTRAINT few CHECK (id < 2)");

    RunReport report = lake.run(orders.to(delta("mart/checked").overwrite(DAY)));

    Failure failure = report.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.code()).isEqualTo("CONSTRAINT_VIOLATED");
    assertThat(failure.message()).contains("few", "id < 2");
    assertThat(lake.rows("mart/checked").count()).isZero();
    lake.succeed(orders.where("id < 2").to(delta("mart/checked").overwrite(DAY)));
  }

  @Test
  void moreThanThirtyTwoColumns() {
    Rows wide =
        orders.select(
            IntStream.rangeClosed(0, 40)
                .mapToObj(i -> i == 0 ? "day" : "id + " + i + " AS c" + i)
                .toArray(String[]::new));

    RunReport report = lake.succeed(wide.to(delta("mart/wide").overwrite(DAY)));

    assertThat(report.outputs().get(0).rows()).isEqualTo(3);
    assertThat(lake.rows("mart/wide").selectExpr("sum(c40)").head().getLong(0)).isEqualTo(123);
  }

  @Test
  void columnsInAnotherOrder() {
    create("mart/ordered", "(name STRING, id BIGINT, day DATE)", "");

    lake.succeed(orders.select("day", "id", "name").to(delta("mart/ordered").overwrite(DAY)));

    assertSameRows(lake.rows("raw/orders").select("name", "id", "day"), lake.rows("mart/ordered"));
  }

  private static void create(String path, String columns, String properties) {
    lake.sql(
        "CREATE TABLE delta.`{lake}/"
            + path
            + "` "
            + columns
            + " USING delta PARTITIONED BY (day)"
            + (properties.isEmpty() ? "" : " TBLPROPERTIES (" + properties + ")"));
  }
}
