package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes or reads an output keeps to what it says of itself. */
@Tag("spark")
final class OutputContractsTest {
  private static final Partition MONTH = Partition.monthly("day");

  @TempDir private Path directory;
  private EngineLake lake;
  private final Rows rows = read(delta("raw/rows").partition(DAY)).select("id", "day");
  private final Write byDay = rows.to(delta("mart/report").overwrite(DAY));
  private final Write exportByDay = rows.to(csv("export/report").overwrite(DAY));

  @BeforeEach
  void openALake() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/rows",
        "SELECT * FROM VALUES (1, DATE'2026-03-01'), (2, DATE'2026-03-02') AS t(id, day)",
        "day");
  }

  /** Eight visits, which were thirteen when the month stood beside its days. */
  @Test
  void aTableOfDaysIsNotReplacedByMonths() {
    visits("01", "home,1", "home,2", "cart,1");
    visits("02", "home,3", "cart,9");
    visits("03", "home,5");
    visits("04", "home,1", "cart,7");
    Rows arrivals = read(csv("arrivals/{day}").schema("page STRING, visitor INT").partition(DAY));
    Write daily =
        arrivals
            .groupBy("day")
            .aggregate("count(*) AS visits")
            .to(delta("mart/visits").overwrite(DAY));
    for (int day = 1; day <= 4; day++) {
      lake.succeed(request(named("visits", daily), Optional.of(march(day)), Map.of()));
    }
    Partition folder = Partition.daily("d");
    Write monthly =
        read(csv("arrivals/{d}").schema("page STRING, visitor INT").partition(folder).orEmpty())
            .select("CAST(date_trunc('MONTH', d) AS DATE) AS day")
            .groupBy("day")
            .aggregate("count(*) AS visits")
            .to(delta("mart/visits").overwrite(MONTH));

    InvalidPipelineException refused = lake.invalid(request(named("visits", monthly)));

    assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID);
    Problem problem = only(refused);
    assertThat(problem.code()).isEqualTo("CONTRACT_CHANGED");
    assertThat(problem.message()).contains("by day (day DATE) and not by month (day DATE)");
    assertThat(problem.fix())
        .contains(
            "move the directory '" + lake.path("mart/visits") + "' away",
            "penstock run visits --from 2026-03-01 --to 2026-04-01");
    assertThat(total("mart/visits", "visits")).isEqualTo(8);
  }

  @Test
  void anotherPipelineIsRefusedUntilTheTableIsHandedOver() {
    lake.succeed(request(named("first", byDay)));

    Problem problem = only(lake.invalid(request(named("second", byDay))));

    assertThat(problem.code()).isEqualTo("OTHER_WRITER");
    assertThat(problem.message()).contains("pipeline 'first' writes it already");
    lake.spark().sql(behind(problem, "hand it over: ")).collect();
    lake.succeed(request(named("second", byDay)));
    assertThat(only(lake.invalid(request(named("first", byDay)))).message())
        .contains("pipeline 'second' writes it already");
  }

  @Test
  void anotherPipelineIsRefusedUntilTheExportIsHandedOver() throws IOException {
    lake.succeed(request(named("first", exportByDay)));

    Problem problem = only(lake.invalid(request(named("second", exportByDay))));

    assertThat(problem.code()).isEqualTo("OTHER_WRITER");
    assertThat(problem.message()).contains("pipeline 'first' writes it already");
    writeTheFileOf(problem);
    lake.succeed(request(named("second", exportByDay)));
    assertThat(only(lake.invalid(request(named("first", exportByDay)))).message())
        .contains("pipeline 'second' writes it already");
  }

  /** The others have compiled by the time at which the first publishes. */
  @Test
  void ofTwoFirstWritersOnlyOneContractWins() {
    Write monthly =
        read(delta("raw/rows"))
            .select("id", "CAST(trunc(day, 'MONTH') AS DATE) AS day")
            .to(delta("mart/report").overwrite(MONTH));
    CompiledRun first = lake.engine().compile(request(named("first", byDay)));
    CompiledRun second = lake.engine().compile(request(named("second", byDay)));
    CompiledRun third = lake.engine().compile(request(named("third", monthly)));

    assertThat(execute(first).published()).isEqualTo(Published.ALL);

    assertRefused(execute(second), "OTHER_WRITER");
    assertRefused(execute(third), "CONTRACT_CHANGED");
    assertThat(total("mart/report", "id")).isEqualTo(1);
  }

  @Test
  void ofTwoFirstPublishersOfAnExportOnlyOneContractWins() {
    Write whole = read(delta("raw/rows")).to(csv("export/whole").overwrite());
    Write daily = rows.to(csv("export/whole").overwrite(DAY));

    assertRefused(whileAnotherPublishes(exportByDay, exportByDay), "OTHER_WRITER");
    assertRefused(whileAnotherPublishes(daily, whole), "CONTRACT_CHANGED");

    assertThat(lake.content("export/report/day=2026-03-01/report.csv"))
        .isEqualTo("id,day\n1,2026-03-01\n");
    assertThat(lake.path("export/whole/whole.csv")).doesNotExist();
  }

  @Test
  void daysOfOnePipelineThatAdoptATableAtTheSameTimeAgree() {
    lake.succeed(request(named("first", byDay)));
    forgetContract("mart/report");
    CompiledRun one = lake.engine().compile(request(named("first", byDay)));
    CompiledRun other =
        lake.engine().compile(request(named("first", byDay), Optional.of(march(2)), Map.of()));

    assertThat(execute(one).published()).isEqualTo(Published.ALL);
    assertThat(execute(other).published()).isEqualTo(Published.ALL);

    assertThat(total("mart/report", "id")).isEqualTo(3);
    assertThat(only(lake.invalid(request(named("second", byDay)))).code())
        .isEqualTo("OTHER_WRITER");
  }

  @Test
  void aTableOfOtherToolsIsAdoptedByWhoeverItsPartitionsDoNotContradict() {
    lake.table("mart/report", "SELECT 7 AS id, DATE'2026-02-03' AS day", "day");
    Write monthly =
        read(delta("raw/rows"))
            .select("id", "CAST(trunc(day, 'MONTH') AS DATE) AS day")
            .to(delta("mart/report").overwrite(MONTH));

    Problem problem = only(lake.invalid(request(named("first", monthly))));

    assertThat(problem.code()).isEqualTo("CONTRACT_CHANGED");
    assertThat(problem.message()).contains("its partition day=2026-02-03 begins no month");
    lake.succeed(request(named("first", byDay)));
    assertThat(total("mart/report", "id")).isEqualTo(8);
  }

  @Test
  void textsOfAnotherGrainContradictTheUnitsOfAForm() {
    lake.table("mart/report", "SELECT 7 AS id, '2026-02-03' AS day", "day");
    Write monthly =
        read(delta("raw/rows"))
            .select("id", "date_format(day, 'yyyy-MM') AS day")
            .to(delta("mart/report").overwrite(MONTH.formatted("yyyy-MM")));

    Problem problem = only(lake.invalid(request(named("first", monthly))));

    assertThat(problem.code()).isEqualTo("CONTRACT_CHANGED");
    assertThat(problem.message()).contains("day=2026-02-03");
  }

  @Test
  void aTableIsReadByTheUnitByWhichItIsWritten() {
    lake.succeed(request(named("first", byDay)));
    Rows months = read(delta("mart/report").partition(MONTH));

    Problem problem =
        only(lake.invalid(request(named("reader", months.to(delta("mart/m").overwrite(MONTH))))));

    assertThat(problem.code()).isEqualTo("CONTRACT_CHANGED");
    assertThat(problem.message())
        .contains("'mart/report' by month (day DATE)", "it is written by day (day DATE)");
    assertThat(
            only(lake.invalid(
                    request(
                        named(
                            "reader",
                            read(delta("raw/rows").partition(MONTH))
                                .to(delta("mart/m").overwrite(MONTH))))))
                .message())
        .as("a table that says nothing shows it")
        .contains("its partition day=2026-03-02 begins no month");
  }

  @Test
  void nobodyReadsOrWritesUnderAContractOfALaterRelease() {
    lake.succeed(request(named("first", byDay)));
    lake.sql(
        "ALTER TABLE delta.`{lake}/mart/report` SET TBLPROPERTIES"
            + " ('penstock.contract.version' = '2')");
    Write whole = read(delta("mart/report")).to(delta("mart/copy").overwrite());

    assertThat(only(lake.invalid(request(named("first", byDay)))).code())
        .isEqualTo("UNREADABLE_CONTRACT");
    assertThat(only(lake.invalid(request(named("reader", whole)))).message())
        .contains("version 2, and this release knows version 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"contractVersion\": 1}",
        "{\"contractVersion\": 1, \"grain\": \"day\", \"columns\": [\"day DATE\"],"
            + " \"zone\": \"UTC\"}",
        "{\"contractVersion\": 1, \"grain\": \"day\", \"columns\": [], \"zone\": \"\","
            + " \"writers\": []}",
        "{\"contractVersion\": 1, \"grain\": \"whole\", \"columns\": [], \"zone\": \"\","
            + " \"writers\": [\"a:b:c\"]}",
      })
  void nobodyWritesUnderADamagedContract(String document) {
    lake.succeed(request(named("first", exportByDay)));
    lake.file("export/report/_published/contract/0000000000000000002.json", document);

    Problem problem = only(lake.invalid(request(named("first", exportByDay))));

    assertThat(problem.code()).isEqualTo("UNREADABLE_CONTRACT");
    assertThat(problem.message()).contains("the contract that it states can't be read");
  }

  private void visits(String day, String... lines) {
    lake.file(
        "arrivals/2026-03-" + day + "/a.csv",
        "page,visitor\n" + String.join("\n", List.of(lines)) + "\n");
  }

  static Pipeline named(String name, Write... writes) {
    return new Pipeline(name, "", List.of(), List.of(), List.of(writes));
  }

  private static Problem only(InvalidPipelineException invalid) {
    assertThat(invalid.problems()).hasSize(1);
    return invalid.problems().get(0);
  }

  private static RunReport execute(CompiledRun run) {
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    run.settle();
    return report;
  }

  private RunReport whileAnotherPublishes(Write first, Write second) {
    return lake.run(new PublishGate(), () -> lake.succeed(request(named("first", first))), second);
  }

  private static void assertRefused(RunReport report, String code) {
    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(report.failure().orElseThrow().code()).isEqualTo(code);
  }

  private long total(String table, String column) {
    return lake.rows(table).selectExpr("sum(" + column + ")").head().getLong(0);
  }

  private void forgetContract(String table) {
    lake.sql(
        "ALTER TABLE delta.`{lake}/"
            + table
            + "` UNSET TBLPROPERTIES ('penstock.contract.version', 'penstock.contract.grain',"
            + " 'penstock.contract.columns', 'penstock.contract.zone',"
            + " 'penstock.contract.writer.first')");
  }

  private static String behind(Problem problem, String words) {
    String fix = problem.fix();
    return fix.substring(fix.indexOf(words) + words.length(), fix.length() - 1);
  }

  private static void writeTheFileOf(Problem problem) throws IOException {
    String file = behind(problem, "write the new file file:").split(" ", 2)[0];
    Files.writeString(Path.of(file), behind(problem, "with this content: "));
  }
}
