package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Preview;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All sinks are prepared, then everything is checked, then all is published in declared order. */
@Tag("spark")
final class PublicationTest {
  private static final String STABLE = "export/report/day=2026-03-01/report.csv";

  @TempDir private Path directory;
  private EngineLake lake;

  private final Rows orders = read(delta("raw/orders").partition(DAY));
  private final Rows report = orders.groupBy("day").aggregate("count(*) AS n");

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/orders",
        "SELECT id AS id, IF(id < 4, DATE'2026-03-01', DATE'2026-03-02') AS day FROM range(7)",
        "day");
  }

  @Test
  void aRunPublishesEverySinkAndReportsWhatItDid() {
    RunRequest request =
        request(
            Pipeline.named("tested")
                .describedAs("Orders by day")
                .owners(business("growth"), technical("platform"), technical("oncall"))
                .writes(
                    report.to(delta("mart/report").overwrite(DAY)),
                    report.to(csv("export/report").overwrite(DAY))));

    RunPlan plan = lake.engine().compile(request).plan();
    RunReport done = lake.succeed(request);

    assertThat(plan.outputs())
        .extracting(RunPlan.Output::units, RunPlan.Output::target)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(
                List.of("day=2026-03-01"), RunPlan.Target.TO_BE_CREATED));
    assertThat(done.inputs())
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.name()).isEqualTo("raw/orders");
              assertThat(input.version()).hasValue(0);
              assertThat(input.rows()).hasValue(4);
            });
    assertThat(done.outputs())
        .satisfiesExactly(
            table -> {
              assertThat(table.name()).isEqualTo("mart/report");
              assertThat(table.path()).isEqualTo("file:" + directory + "/mart/report");
              assertThat(table.units()).containsExactly("day=2026-03-01");
              assertThat(table.rows()).isEqualTo(1);
              assertThat(table.files()).isEqualTo(1);
              assertThat(table.bytes()).isPositive();
              assertThat(table.version()).hasValue(0);
            },
            export -> {
              assertThat(export.format()).isEqualTo("csv");
              assertThat(export.path()).isEqualTo("file:" + directory + "/" + STABLE);
              assertThat(export.rows()).isEqualTo(1);
              assertThat(export.bytes()).isEqualTo(lake.content(STABLE).length());
              assertThat(export.version()).isEmpty();
            });
    assertSameRows(lake.sql("SELECT DATE'2026-03-01' AS day, 4L AS n"), lake.rows("mart/report"));
    assertThat(lake.content(STABLE)).isEqualTo("day,n\n2026-03-01,4\n");
    Row detail = lake.sql("DESCRIBE DETAIL delta.`{lake}/mart/report`").head();
    assertThat(detail.<String>getAs("description")).isEqualTo("Orders by day");
    assertThat(detail.getList(detail.fieldIndex("partitionColumns")).toString()).isEqualTo("[day]");
    assertThat(detail.getJavaMap(detail.fieldIndex("properties")).values().toString())
        .contains("growth", "platform, oncall", "tested");
  }

  @Test
  void theCommitNamesTheRunAndItsInputsAlsoWhenNothingChanges() {
    Rows none = orders.where("id < 0");
    Write write = none.to(delta("mart/none").overwrite(DAY));

    RunRequest first = request(pipeline(write));
    RunRequest second = request(pipeline(write));
    lake.succeed(first);
    lake.succeed(second);

    List<Row> history =
        lake.sql("DESCRIBE HISTORY delta.`{lake}/mart/none`")
            .select("version", "userMetadata")
            .orderBy("version")
            .collectAsList();
    assertThat(history).hasSize(2);
    assertThat(history.get(0).getString(1))
        .contains(
            "\"" + first.runId() + "\"",
            "\"tested\"",
            "2026-03-01T00:00:00Z/2026-03-02T00:00:00Z",
            "raw/orders");
    assertThat(history.get(1).getString(1)).contains("\"" + second.runId() + "\"");
    assertThat(lake.engine().lake().missingUnits(new LakePath("mart/none"), DAY, List.of(march(1))))
        .isEmpty();
  }

  @Test
  void anEmptySourceClearsThePartitionAndTheExportAndItsReaderRuns() {
    Write[] writes = {
      orders.to(delta("mart/copy").overwrite(DAY)),
      orders.select("id", "day").to(csv("export/copy").overwrite(DAY))
    };
    lake.succeed(writes);
    lake.sql("DELETE FROM delta.`{lake}/raw/orders` WHERE day = DATE'2026-03-01'");
    Write[] tolerant = {
      read(delta("raw/orders").partition(DAY).orEmpty()).to(delta("mart/copy").overwrite(DAY)),
      read(delta("raw/orders").partition(DAY).orEmpty())
          .select("id", "day")
          .to(csv("export/copy").overwrite(DAY))
    };

    for (int run = 0; run < 3; run++) {
      lake.succeed(tolerant);
      assertThat(lake.rows("mart/copy").count()).isZero();
      assertThat(lake.content("export/copy/day=2026-03-01/copy.csv")).isEqualTo("id,day\n");
    }
    RunReport reader =
        lake.succeed(
            read(delta("mart/copy").partition(DAY))
                .groupBy("day")
                .aggregate("count(*) AS n")
                .to(delta("mart/reader").overwrite(DAY)));
    assertThat(reader.inputs().get(0).rows()).hasValue(0);
  }

  @Test
  void runningAgainLeavesTheSameAndOtherDaysAlone() {
    Write write = orders.to(delta("mart/copy").overwrite(DAY));
    lake.run(march(2), write);
    for (int run = 0; run < 3; run++) {
      lake.succeed(write);
    }

    assertSameRows(lake.rows("raw/orders"), lake.rows("mart/copy"));
    assertThat(lake.path("_penstock/epochs/tested/day=2026-03-01").toFile().list()).hasSize(3);
  }

  @Test
  void anAttemptThatReadsItsInputsAnewTakesANumberAnew() throws Exception {
    Write write = orders.to(delta("mart/orders").overwrite(DAY));
    CompiledRun early = lake.engine().compile(request(pipeline(write)));
    lake.succeed(request(pipeline(write)));
    lake.table("raw/orders", "SELECT 9L AS id, DATE'2026-03-01' AS day", "day");

    RunReport done = early.execute(new PublishGate(), ProgressListener.SILENT);

    assertThat(done.failure()).isEmpty();
    assertSameRows(lake.sql("SELECT 9L AS id, DATE'2026-03-01' AS day"), lake.rows("mart/orders"));
    // 1 was the other run's, and under 2 it would have published what it had read before.
    try (Stream<Path> numbers =
        Files.list(directory.resolve("_penstock/epochs/tested/day=2026-03-01"))) {
      assertThat(numbers).hasSize(3);
    }
  }

  @Test
  void aFailedCheckLeavesEverythingAsItWas() throws Exception {
    lake.succeed(
        report.to(delta("mart/report").overwrite(DAY)),
        report.to(csv("export/report").overwrite(DAY)));
    long version = lake.version("mart/report");
    lake.sql("INSERT INTO delta.`{lake}/raw/orders` VALUES (99, DATE'2026-03-01')");
    Rows refused =
        report.with("n", "n * 10").expect(satisfies("n < 10"), rows(atLeast(2)), unique("day"));

    RunRequest request =
        request(
            pipeline(
                refused.to(delta("mart/report").overwrite(DAY)),
                refused.to(csv("export/report").overwrite(DAY))));
    RunReport failed = lake.run(request);

    assertThat(failed.published()).isEqualTo(Published.NONE);
    assertThat(failed.failure().orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
              assertThat(failure.code()).isEqualTo("CHECK_FAILED");
              assertThat(failure.message().replaceAll("java:\\d+", "java:0"))
                  .isEqualTo(
                      """
                      satisfies(n < 10) at expect (PublicationTest.java:0): 1 of 1 rows fail, such as day=2026-03-01, n=50.
                      rows(atLeast(2)) at expect (PublicationTest.java:0): 1 rows, expected at least 2.\
                      """);
              assertThat(failure.fix()).startsWith("nothing was published");
            });
    assertThat(lake.version("mart/report")).isEqualTo(version);
    assertThat(lake.content(STABLE)).isEqualTo("day,n\n2026-03-01,4\n");
    for (String path : List.of("mart/report", "export/report")) {
      Preview rejected = show(path, Optional.empty(), Optional.of(request.runId()));
      assertThat(rejected.columns()).containsExactly("day", "n");
      assertThat(rejected.rows())
          .containsExactly(List.of(Optional.of("2026-03-01"), Optional.of("50")));
      assertThat(show(path, Optional.empty(), Optional.empty()).rows())
          .containsExactly(List.of(Optional.of("2026-03-01"), Optional.of("4")));
    }
    assertThat(Files.exists(lake.path("_penstock/rejected"))).isTrue();
  }

  @Test
  void whatCanNotBeShownIsSaid() {
    assertNothing("mart/gone", Optional.empty(), "no Delta table and no export at 'mart/gone'");
    for (String runId : List.of("run-0", "../../etc/passwd", "a/b", "x:y", "*", "")) {
      assertNothing("raw/orders", Optional.of(runId), "refused anything for 'raw/orders'");
    }
    for (String where : List.of("idd > 1", "id >", "(SELECT 1) = 1 AND nonsense(id)")) {
      assertThatThrownBy(() -> show("raw/orders", Optional.of(where), Optional.empty()))
          .isInstanceOfSatisfying(
              RunFailedException.class,
              e -> {
                assertThat(e.failure().kind()).isEqualTo(FailureKind.USAGE);
                assertThat(e.failure().code()).isEqualTo("INVALID_PREDICATE");
                assertThat(e.failure().message())
                    .doesNotContain("SQLSTATE", "+- ")
                    .doesNotEndWith(": ");
              });
    }
    assertThatThrownBy(() -> show("raw/orders", Optional.of("idd > 1"), Optional.empty()))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.failure().fix()).startsWith("did you mean 'id'?"));
    assertThatThrownBy(() -> show("raw/orders", Optional.of("1 / (id - 1) > 0"), Optional.empty()))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.DATA));
  }

  @Test
  void sinksAreWrittenAtTheSameTimeAndPublishedInDeclaredOrder() {
    Write[] writes = {
      orders.to(delta("mart/c").overwrite(DAY)),
      orders.to(delta("mart/a").overwrite(DAY)),
      orders.to(delta("mart/b").overwrite(DAY))
    };
    lake.succeed(writes);

    List<java.sql.Timestamp> published =
        List.of("mart/c", "mart/a", "mart/b").stream()
            .map(
                path ->
                    lake.sql("DESCRIBE HISTORY delta.`{lake}/" + path + "` LIMIT 1")
                        .head()
                        .<java.sql.Timestamp>getAs("timestamp"))
            .toList();
    assertThat(published).isSorted();
  }

  @Test
  void newColumnsAreAddedWhereTheyAreAllowed() {
    lake.succeed(orders.to(delta("mart/copy").overwrite(DAY)));

    lake.succeed(
        orders.with("double", "id * 2").to(delta("mart/copy").overwrite(DAY).allowNewColumns()));

    assertSameRows(
        lake.sql(
            "SELECT id, day, id * 2 AS double FROM delta.`{lake}/raw/orders`"
                + " WHERE day = DATE'2026-03-01'"),
        lake.rows("mart/copy"));
  }

  @Test
  void aRowOfAnotherUnitIsRefusedByBothKindsOfSinks() {
    Rows both = read(delta("raw/orders"));

    for (Write write :
        List.of(
            both.to(delta("mart/copy").overwrite(DAY)),
            both.to(csv("export/copy").overwrite(DAY)))) {
      RunReport failed = lake.run(request(pipeline(write), Optional.of(march(1)), Map.of()));
      assertThat(failed.published()).isEqualTo(Published.NONE);
      assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.DATA);
      assertThat(failed.failure().orElseThrow().message()).contains("2026-03-0");
      assertThat(failed.inputs().get(0).rows()).isEmpty();
    }
  }

  private void assertNothing(String path, Optional<String> run, String message) {
    assertThatThrownBy(() -> show(path, Optional.empty(), run))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureKind.USAGE);
              assertThat(e.failure().message()).contains(message);
            });
  }

  private Preview show(String path, Optional<String> where, Optional<String> run) {
    return lake.engine().lake().show(new LakePath(path), where, 20, run);
  }
}
