package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Partition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems with rows that a sink can't store, and with sinks that conflict. */
@Tag("spark")
final class SinkProblemsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/rows",
        "SELECT 1 AS id, 'a' AS name, DATE'2026-03-01' AS day, map('k', 1) AS tags,"
            + " X'00' AS bytes");
    lake.table("mart/daily", "SELECT 1 AS id, 'a' AS name, DATE'2026-03-01' AS day", "day");
  }

  @Test
  void aSinkNeedsItsPartitionColumn() {
    Problem problem = only(rows.select("id", "day AS dya").to(delta("mart/new").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("PARTITION_COLUMN_MISSING");
    assertThat(problem.message())
        .isEqualTo("Cannot replace 'mart/new' by day(day): the rows have no column 'day'.");
    assertThat(problem.fix()).isEqualTo("did you mean 'dya'? Columns: id, dya.");
    assertThat(only(rows.select("id").to(csv("export/new").overwrite(DAY))).code())
        .isEqualTo("PARTITION_COLUMN_MISSING");
  }

  @Test
  void aPartitionColumnMustHaveThePartitionsType() {
    Problem problem =
        only(rows.select("CAST(day AS STRING) AS day", "id").to(delta("mart/new").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("PARTITION_COLUMN_TYPE");
    assertThat(problem.message()).contains("column 'day' is STRING, and the partition's is DATE");
    assertThat(problem.fix()).isEqualTo("cast it, such as CAST(day AS DATE) AS day.");
  }

  @Test
  void aTableKeepsTransactionsLongerThanAnAttemptMayTake() {
    lake.table("mart/forgetful", "SELECT 1 AS id");
    String set =
        "ALTER TABLE delta.`{lake}/mart/forgetful` SET TBLPROPERTIES ('%s' = 'interval %s')";
    String property = "delta.setTransactionRetentionDuration";
    Write write = rows.select("id").to(delta("mart/forgetful").overwrite());

    lake.sql(String.format(Locale.ROOT, set, property, "1 day"));
    Problem problem = only(write);

    assertThat(problem.code()).isEqualTo("ATTEMPTS_FORGOTTEN");
    assertThat(problem.message()).contains(property, "forgets after 24 hours");
    assertThat(problem.fix()).contains("UNSET TBLPROPERTIES", "7 days or more");

    lake.sql(String.format(Locale.ROOT, set, property, "30 days"));
    assertThat(lake.engine().compile(request(pipeline(write))).plan().outputs()).hasSize(1);
  }

  @Test
  void aTableCanOnlyBeReplacedByItsOwnPartition() {
    lake.table("mart/whole", "SELECT 1 AS id, DATE'2026-03-01' AS day");

    assertThat(only(rows.select("id", "day").to(delta("mart/whole").overwrite(DAY))).code())
        .isEqualTo("PARTITION_MISMATCH");
  }

  @Test
  void anExportCanOnlyBeReplacedByItsOwnPartition() {
    Rows daily = rows.select("id", "day");
    lake.succeed(daily.to(csv("export/daily").overwrite(DAY)));
    lake.succeed(daily.to(csv("export/whole").overwrite()));

    Problem problem = only(daily.to(csv("export/daily").overwrite()));

    assertThat(problem.code()).isEqualTo("CONTRACT_CHANGED");
    assertThat(problem.message())
        .isEqualTo(
            "Cannot write to 'export/daily': it is replaced by day (day DATE) and not as a whole,"
                + " and every other unit would be lost.");
    assertThat(problem.fix())
        .isEqualTo(
            "keep the way it is replaced, or write to another path; to rebuild it as a whole, move"
                + " the directory '"
                + lake.path("export/daily")
                + "' away and run what it held, in this lake: penstock run tested.");
    assertThat(only(daily.to(csv("export/whole").overwrite(DAY))).message())
        .isEqualTo(
            "Cannot write to 'export/whole': it is replaced as a whole and not by day (day DATE),"
                + " and rows of both would be kept side by side.");
    assertThat(
            only(daily
                    .select("id", "day AS month")
                    .to(csv("export/daily").overwrite(Partition.monthly("month"))))
                .message())
        .contains("by day (day DATE) and not by month (month DATE)");
  }

  @Test
  void unitsOfAnotherLengthInTheSameColumnAreAnotherPartition() {
    Rows daily = rows.select("id", "day");
    Write byDay = daily.to(csv("export/lengths").overwrite(DAY));
    lake.succeed(byDay);

    Problem problem = only(daily.to(csv("export/lengths").overwrite(Partition.monthly("day"))));

    assertThat(problem.code()).isEqualTo("CONTRACT_CHANGED");
    assertThat(problem.message()).contains("by day (day DATE) and not by month (day DATE)");
    assertThat(lake.compile(byDay)).isNotNull();
  }

  @Test
  void aDamagedVersionOfAnExportIsNoReasonNotToReplaceIt() {
    Write write = rows.select("id", "day").to(csv("export/damaged").overwrite(DAY));
    lake.succeed(write);
    lake.file("export/damaged/_published/day=2026-03-01/0000000000000000001.json", "{");

    assertThat(lake.compile(write)).isNotNull();
  }

  @Test
  void duplicateColumnsAreFoundWithoutRegardToCase() {
    Problem problem = only(rows.select("id", "id AS ID", "name").to(delta("mart/new").overwrite()));

    assertThat(problem.code()).isEqualTo("DUPLICATE_COLUMN");
    assertThat(problem.message()).startsWith("Cannot write column 'id' 2 times");
  }

  @Test
  void csvStoresNeitherNestedNorBinaryColumns() {
    assertThat(lake.invalid(rows.to(csv("export/new").overwrite())).problems())
        .extracting(Problem::message)
        .satisfiesExactly(
            tags -> assertThat(tags).startsWith("Cannot write 'tags' as CSV: "),
            bytes -> assertThat(bytes).startsWith("Cannot write 'bytes' as CSV: "));
  }

  @Test
  void aDeltaTableStoresNeitherNamesOfExpressionsNorIntervals() {
    Problem unnamed =
        only(rows.groupBy("name").aggregate("sum(id)").to(delta("mart/new").overwrite()));
    assertThat(unnamed.code()).isEqualTo("UNWRITABLE_COLUMN");
    assertThat(unnamed.message()).startsWith("Cannot write 'sum(id)' to a Delta table: ");
    assertThat(unnamed.fix()).contains("AS name");
    assertThat(
            lake.invalid(
                    rows.select(
                            "INTERVAL '1' DAY AS age",
                            "named_struct('a b', 1) AS s",
                            "array(named_struct('c=', 1)) AS l")
                        .to(delta("mart/new").overwrite()))
                .problems())
        .extracting(Problem::message)
        .satisfiesExactlyInAnyOrder(
            age -> assertThat(age).startsWith("Cannot write 'age' to a Delta table: "),
            nested -> assertThat(nested).startsWith("Cannot write 's.a b' to a Delta table: "),
            listed -> assertThat(listed).startsWith("Cannot write 'l.c=' to a Delta table: "));
  }

  @Test
  void aTableWithAColumnMappingStoresAnyName() {
    lake.sql(
        "CREATE TABLE delta.`{lake}/mart/mapped` (`a b` INT) USING delta"
            + " TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");

    assertThat(lake.compile(rows.select("id AS `a b`").to(delta("mart/mapped").overwrite())))
        .isNotNull();
  }

  @Test
  void rowsNeedAColumnBesidesThePartition() {
    assertThat(only(rows.select("day").to(delta("mart/new").overwrite(DAY))).code())
        .isEqualTo("NO_COLUMNS");
    assertThat(
            lake.invalid(
                    rows.select("id").drop("id").to(delta("mart/new").overwrite()),
                    rows.select("id").drop("id").to(csv("export/new").overwrite()))
                .problems())
        .extracting(Problem::code)
        .containsExactly("NO_COLUMNS", "UNWRITABLE_COLUMN");
  }

  @Test
  void aNullWithoutATypeIsNotWritten() {
    assertThat(only(rows.select("id", "NULL AS nothing").to(delta("mart/new").overwrite())).code())
        .isEqualTo("UNTYPED_COLUMN");
    assertThat(
            lake.invalid(
                    rows.select("id", "named_struct('a', NULL) AS s", "array() AS e")
                        .to(delta("mart/new").overwrite()))
                .problems())
        .extracting(Problem::code)
        .containsExactly("UNTYPED_COLUMN", "UNTYPED_COLUMN");
  }

  @Test
  void twoSinksDoNotShareATarget() {
    Rows whole = rows.select("id");

    Problem problem =
        only(whole.to(delta("mart/new").overwrite()), whole.to(csv("mart/new").overwrite()));

    assertThat(problem.code()).isEqualTo("SAME_TARGET");
  }

  @Test
  void aSinkIsNotReadByItsOwnPipeline() {
    Problem problem =
        only(read(delta("mart/daily").partition(DAY)).to(delta("mart/daily").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("READS_WHAT_IT_REPLACES");
  }

  @Test
  void aSchemaMismatchIsReportedWithBothSchemasAndTheStatement() {
    Problem added =
        only(
            rows.select("id", "name", "day", "2.5BD AS price")
                .to(delta("mart/daily").overwrite(DAY)));

    assertThat(added.code()).isEqualTo("SCHEMA_MISMATCH");
    assertThat(added.message())
        .startsWith("Cannot write to 'mart/daily': the rows' schema differs from the table's.")
        .contains("price");
    assertThat(added.fix())
        .contains("allowNewColumns()")
        .contains("ALTER TABLE delta.`file:" + directory + "/mart/daily` ADD COLUMNS")
        .contains("DECIMAL(2,1)");
  }

  @Test
  void columnsThatAreMissingOrOfAnotherTypeCannotBeAllowed() {
    List<Problem> problems =
        lake.invalid(
                rows.select("CAST(id AS BIGINT) AS id", "day")
                    .to(delta("mart/daily").overwrite(DAY).allowNewColumns()))
            .problems();

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("SCHEMA_MISMATCH");
              assertThat(problem.message()).contains("id", "BIGINT", "INT", "name");
            });
  }

  @Test
  void newColumnsCanBeAllowed() {
    CompiledRun run =
        lake.engine()
            .compile(
                request(
                    pipeline(
                        rows.select("id", "name", "day", "2.5BD AS price")
                            .to(delta("mart/daily").overwrite(DAY).allowNewColumns())),
                    Optional.of(march(1)),
                    Map.of()));

    assertThat(run.plan().outputs())
        .extracting(RunPlan.Output::target)
        .containsExactly(RunPlan.Target.PRESENT);
  }

  @Test
  void problemsOfStepsAndOfEverySinkComeTogether() {
    assertThat(
            lake.invalid(
                    rows.select("id").to(delta("mart/a").overwrite(DAY)),
                    rows.to(csv("export/b").overwrite()),
                    rows.select("idd").to(delta("mart/c").overwrite()),
                    sql("SELECT * FROM gone").from("r", rows).to(delta("mart/d").overwrite()))
                .problems())
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "UNRESOLVED_COLUMN",
            "UNKNOWN_TABLE",
            "PARTITION_COLUMN_MISSING",
            "UNWRITABLE_COLUMN",
            "UNWRITABLE_COLUMN");
  }

  /** Every reader of Delta can read what a run creates. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMP_NTZ'2026-03-01 00:00:00' AS c|timestampNtz|CAST(c AS TIMESTAMP) AS c",
        "named_struct('at', array(TIMESTAMP_NTZ'2026-03-01 00:00:00')) AS c|timestampNtz|CAST(c AS"
            + " STRING)",
        "parse_json('1') AS c|variantType|CAST(c AS STRING) AS c",
        "('a' COLLATE UNICODE_CI) AS c|UNICODE_CI|CAST(c AS STRING)"
      })
  void aColumnThatSomeReadersDoNotKnowIsNoneOfANewTable(
      String expression, String named, String fix) {
    Problem problem = only(rows.select("day", expression).to(delta("mart/new").overwrite(DAY)));

    assertThat(problem.code()).isEqualTo("UNWRITABLE_COLUMN");
    assertThat(problem.message()).contains("'c'", named);
    assertThat(problem.fix()).contains(fix);
  }

  private static Problem only(Write... writes) {
    List<Problem> problems = lake.invalid(writes).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }
}
