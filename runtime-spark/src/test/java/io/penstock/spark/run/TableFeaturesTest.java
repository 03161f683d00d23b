package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs into and out of tables that use what Delta offers. */
@Tag("spark")
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

  @ParameterizedTest
  @ValueSource(strings = {"name", "id"})
  void aTableWithMappedColumnsIsRead(String mode) {
    String table = "raw/mapped_by_" + mode;
    create(table, COLUMNS, "'delta.columnMapping.mode' = '" + mode + "'");
    lake.rows("raw/orders")
        .write()
        .format("delta")
        .mode("append")
        .save(lake.path(table).toString());
    lake.sql("ALTER TABLE delta.`{lake}/" + table + "` RENAME COLUMN name TO label");

    lake.succeed(
        read(delta(table).partition(DAY))
            .where("id > 0")
            .to(delta("mart/unmapped").overwrite(DAY)));

    assertSameRows(
        lake.sql("SELECT id, name AS label, day FROM delta.`{lake}/raw/orders` WHERE id > 0"),
        lake.rows("mart/unmapped"));
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

  /** Every property that changes how a table is written: the rows are there, or it is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta.appendOnly=true",
        "delta.enableRowTracking=true",
        "delta.enableInCommitTimestamps=true",
        "delta.checkpointPolicy=v2",
        "delta.columnMapping.mode=id",
        "delta.enableTypeWidening=true",
        "delta.enableDeletionVectors=true",
        "delta.enableChangeDataFeed=true",
        "delta.dataSkippingNumIndexedCols=0",
        "delta.dataSkippingStatsColumns=name",
        "delta.randomizeFilePrefixes=true",
        "delta.isolationLevel=Serializable",
        "delta.feature.allowColumnDefaults=supported",
        "delta.feature.invariants=supported",
        "delta.feature.vacuumProtocolCheck=supported",
        "delta.feature.timestampNtz=supported",
        "delta.feature.variantType=supported",
      })
  void aPropertyOfATableKeepsItFromBeingWrittenWhenPlannedOrNever(String property) {
    String table = "mart/with_" + property.replaceAll("[^A-Za-z0-9]", "_");
    create(table, COLUMNS, "'" + property.replace("=", "' = '") + "'");
    Write write = orders.to(delta(table).overwrite(DAY));

    CompiledRun run;
    try {
      run = lake.compile(write);
    } catch (InvalidPipelineException refused) {
      assertThat(refused.failure().message())
          .contains("Cannot write to '" + table + "'")
          .contains(property.substring(0, property.indexOf('=')));
      return;
    }
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    assertThat(report.failure()).isEmpty();
    assertSameRows(lake.rows("raw/orders"), lake.rows(table));
  }

  @Test
  void aClusteredTableIsWritten() {
    lake.sql(
        "CREATE TABLE delta.`{lake}/mart/clustered` " + COLUMNS + " USING delta CLUSTER BY (id)");

    lake.succeed(read(delta("raw/orders")).to(delta("mart/clustered").overwrite()));

    assertSameRows(lake.rows("raw/orders"), lake.rows("mart/clustered"));
  }

  @Test
  void anAppendOnlyTableIsRefusedWhenPlanned() {
    create("mart/growing", COLUMNS, "'delta.appendOnly' = 'true'");

    Problem problem = invalid(orders.to(delta("mart/growing").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("TABLE_APPEND_ONLY");
    assertThat(problem.fix()).contains("'delta.appendOnly' = 'false'", "mart/growing`");
  }

  @Test
  void aFeatureThatNobodyHereKnowsIsRefusedWhenPlanned() throws IOException {
    create("mart/later", COLUMNS, "'delta.feature.domainMetadata' = 'supported'");
    Path entry = lake.path("mart/later/_delta_log/00000000000000000000.json");
    Files.writeString(
        entry,
        Files.readString(entry)
            .replace("\"domainMetadata\"", "\"domainMetadata\",\"fromTheFuture\""));
    Files.move(lake.path("mart/later"), lake.path("mart/much_later"));
    Files.deleteIfExists(lake.path("mart/much_later/_delta_log/.00000000000000000000.json.crc"));
    Files.deleteIfExists(lake.path("mart/much_later/_delta_log/00000000000000000000.crc"));

    Problem problem = invalid(orders.to(delta("mart/much_later").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("TABLE_FEATURES_UNKNOWN");
    assertThat(problem.message()).contains("fromTheFuture");
  }

  @Test
  void anIdentityColumnIsNamedAsSuch() {
    create(
        "mart/numbered",
        "(n BIGINT GENERATED ALWAYS AS IDENTITY, id BIGINT, name STRING, day DATE)",
        "");

    Problem problem = invalid(orders.to(delta("mart/numbered").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("IDENTITY_COLUMN");
    assertThat(problem.message()).contains("'n' is an identity column");
  }

  @Test
  void aColumnWithADefaultIsNamedAsSuch() {
    create(
        "mart/defaulted",
        "(id BIGINT, name STRING, day DATE, source STRING DEFAULT 'shop')",
        "'delta.feature.allowColumnDefaults' = 'supported'");

    Problem problem = invalid(orders.to(delta("mart/defaulted").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("SCHEMA_MISMATCH");
    assertThat(problem.message())
        .contains("'source' is missing: its DEFAULT isn't filled in here", "'shop' AS `source`");
  }

  @Test
  void aConstraintThatCannotBeComputedIsRefusedWhenPlanned() {
    create("mart/constrained", COLUMNS, "'delta.constraints.gone' = 'no_such_function(id) > 0'");

    Problem problem = invalid(orders.to(delta("mart/constrained").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("TABLE_NOT_WRITABLE");
    assertThat(problem.message()).contains("'gone'", "no_such_function(id) > 0");
  }

  @Test
  void aGeneratedColumnThatAsksTheClockIsRefusedWhenPlanned() {
    create(
        "mart/stamped",
        "(name STRING, day DATE, ts TIMESTAMP GENERATED ALWAYS AS (CAST(name AS TIMESTAMP)))",
        "");

    Problem problem =
        invalid(orders.select("name", "day").to(delta("mart/stamped").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("CLOCK_FUNCTION");
    assertThat(problem.message()).contains("'ts'", "CAST(name AS TIMESTAMP)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"due_by_row | date_add(day, CAST(id AS INT))", "due_in_a_week | date_add(day, 7)"})
  void aGeneratedColumnThatMayLeadBeyondAllTimesIsRefusedWhenPlanned(String table, String moved) {
    String path = "mart/" + table;
    create(path, "(id BIGINT, day DATE, due DATE GENERATED ALWAYS AS (" + moved + "))", "");

    Problem problem = invalid(orders.select("id", "day").to(delta(path).overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("TIME_OUT_OF_RANGE");
    assertThat(problem.message()).contains("'due'", moved);
  }

  @Test
  void aGeneratedColumnThatIsAPartOfATimeIsWritten() {
    create("mart/years", "(id BIGINT, day DATE, y INT GENERATED ALWAYS AS (year(day)))", "");

    lake.succeed(orders.select("id", "day").to(delta("mart/years").overwrite(DAY)));

    assertSameRows(
        lake.sql("SELECT id, DATE'2026-03-01' AS day, 2026 AS y FROM range(3)"),
        lake.rows("mart/years"));
  }

  private static Problem invalid(Write write) {
    List<Problem> problems = lake.invalid(write).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
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
