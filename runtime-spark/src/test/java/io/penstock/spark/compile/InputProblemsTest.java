package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.FileSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems with what a run is given: tables, partitions, files, parameters. */
@Tag("spark")
final class InputProblemsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/orders", "SELECT 1 AS id, DATE'2026-03-01' AS day", "day");
    lake.file("arrivals/2026-03-01/a.csv", "id\n1\n");
  }

  @Test
  void aMissingTableComesWithASuggestionAndIsAMissingInput(@TempDir Path own) {
    EngineLake alone = new EngineLake(own);
    alone.table("raw/orders", "SELECT 1 AS id");

    InvalidPipelineException invalid =
        alone.invalid(read(delta("raw/order")).to(delta("mart/out").overwrite()));

    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(invalid.missingInputs())
        .containsExactly(MissingInput.unknownTable(new LakePath("raw/order")));
    assertThat(invalid.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("UNKNOWN_TABLE");
              assertThat(problem.message())
                  .isEqualTo("Cannot find a Delta table at 'raw/order' below the lake's root.");
              assertThat(problem.fix())
                  .isEqualTo(
                      "run the job that writes it first; or did you mean 'raw/orders'? Tables:"
                          + " raw/orders.");
            });
  }

  @Test
  void aLakeWithoutTablesSaysSoAndHowToFindTheJobThatWritesOne(@TempDir Path empty) {
    InvalidPipelineException invalid =
        new EngineLake(empty).invalid(read(delta("raw/order")).to(delta("mart/out").overwrite()));

    assertThat(invalid.failure().fix())
        .isEqualTo(
            "run the job that writes it first; this lake has no tables yet, and 'penstock list'"
                + " shows which job writes which. If it should have some, name another with"
                + " --lake.");
  }

  @Test
  void aMissingPartitionIsNamedByItsUnits() {
    InvalidPipelineException invalid =
        lake.invalid(
            request(
                pipeline(daily(read(delta("raw/orders").partition(DAY.last(3))))),
                Optional.of(march(3)),
                Map.of()));

    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(invalid.missingInputs())
        .containsExactly(new MissingInput(new LakePath("raw/orders"), List.of(march(2), march(3))));
    assertThat(invalid.problems().get(0).message())
        .isEqualTo(
            "Cannot read day=2026-03-02, day=2026-03-03 of 'raw/orders': no run has written it"
                + " yet.");
  }

  @Test
  void aMissingPartitionCanBeAccepted() {
    assertThat(
            lake.engine()
                .compile(
                    request(
                        pipeline(daily(read(delta("raw/orders").partition(DAY).orEmpty()))),
                        Optional.of(march(9)),
                        Map.of()))
                .plan()
                .inputs()
                .get(0)
                .files())
        .isZero();
  }

  @Test
  void aMissingInputNextToAnotherProblemIsAnInvalidPipeline() {
    InvalidPipelineException invalid =
        lake.invalid(
            read(delta("raw/gone")).to(delta("mart/a").overwrite()),
            read(delta("raw/orders")).select("idd").to(delta("mart/b").overwrite()));

    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INVALID);
    assertThat(invalid.problems())
        .extracting(Problem::code)
        .containsExactly("UNKNOWN_TABLE", "UNRESOLVED_COLUMN");
  }

  @Test
  void aTableThatIsReadTwiceIsMissingOnce() {
    assertThat(
            lake.invalid(
                    read(delta("raw/gone"))
                        .join(read(delta("raw/gone")))
                        .using("id")
                        .to(delta("mart/a").overwrite()))
                .failure()
                .kind())
        .isEqualTo(FailureKind.INPUT_MISSING);
  }

  @Test
  void aTableWithAnotherPartitionIsNotReadByThisOne() {
    Problem problem =
        lake.invalid(
                daily(
                    read(delta("raw/orders").partition(DAY.formatted("yyyyMMdd")))
                        .drop("day")
                        .with("day", "DATE'2026-03-01'")))
            .problems()
            .get(0);

    assertThat(problem.code()).isEqualTo("PARTITION_MISMATCH");
    assertThat(problem.message()).contains("partitioned by [day]");
  }

  @Test
  void aMissingFolderIsAMissingInput() {
    InvalidPipelineException invalid =
        lake.invalid(
            request(
                pipeline(
                    daily(read(csv("arrivals/{day}").schema("id INT").partition(DAY.next(1))))),
                Optional.of(march(1)),
                Map.of()));

    assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(invalid.missingInputs())
        .containsExactly(new MissingInput(new LakePath("arrivals/{day}"), List.of(march(2))));
    assertThat(invalid.problems().get(0).message()).contains("day=2026-03-02");
  }

  @ParameterizedTest
  @EnumSource(LandedFiles.class)
  void aMissingFolderCanBeAcceptedWhereTheColumnsAreKnownWithoutIt(LandedFiles format) {
    FileSource<?> source = format.source("gone").orEmpty();
    Rows gone = read(source);

    if (source.hasColumnsInFiles()) {
      assertThat(lake.problem(gone).code()).isEqualTo("SCHEMA_UNKNOWN");
    } else {
      assertThat(lake.engine().view(gone, Optional.empty()).count()).isZero();
    }
  }

  @Test
  void missingFoldersOfEveryFormatAreReportedTogether() {
    LandedFiles[] formats = LandedFiles.values();
    Write[] writes =
        Stream.of(formats)
            .map(
                format ->
                    read(format.source("gone/" + format)).to(delta("mart/" + format).overwrite()))
            .toArray(Write[]::new);

    assertThat(lake.invalid(writes).failure())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.INPUT_MISSING);
              assertThat(failure.message())
                  .startsWith(
                      "Pipeline 'tested' cannot run yet: "
                          + formats.length
                          + " inputs aren't there.");
            });
  }

  @Test
  void aDeclaredSchemaThatDoesNotParseIsAProblem() {
    lake.file("files/one.json", "{}");
    for (Rows rows :
        List.of(
            read(csv("arrivals").schema("id INTT")), read(json("files").schema("id INT name")))) {
      Problem problem = lake.problem(rows);
      assertThat(problem.code()).isEqualTo("INVALID_SCHEMA");
      assertThat(problem.place().orElseThrow()).startsWith("read (InputProblemsTest.java:");
    }
    assertThat(lake.problem(read(csv("arrivals").schema("id ARRAY<INT>"))).code())
        .isEqualTo("INVALID_SCHEMA");
  }

  @Test
  void aMissingTableIsEmptyWhereItsColumnsAreDeclared() {
    DeltaSource previous = delta("mart/running").partition(DAY.previous(1)).orEmpty();
    Rows today = read(delta("raw/orders").partition(DAY)).select("day", "1L AS total");
    Rows before = read(previous.schema("day DATE, total BIGINT")).select("total AS earlier");
    Write running =
        sql("SELECT t.day, t.total + coalesce(b.earlier, 0) AS total FROM t LEFT JOIN b ON true")
            .from("t", today)
            .from("b", before)
            .to(delta("mart/running").overwrite(DAY));

    lake.succeed(running);
    lake.succeed(running);

    assertThat(lake.rows("mart/running").collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.getLong(1)).isEqualTo(1));
    assertThat(lake.problem(read(delta("gone").orEmpty())).fix())
        .startsWith("declare the columns it will have, schema(");
  }

  @Test
  void declaredColumnsOfATableMustExist() {
    DeltaSource orders = delta("raw/orders").whole();

    assertThat(lake.compile(read(orders.schema("id INT")).to(delta("mart/out").overwrite())))
        .isNotNull();
    for (String ddl : List.of("id BIGINT", "idd INT")) {
      assertThat(lake.problem(read(orders.schema(ddl))).code()).isEqualTo("SCHEMA_MISMATCH");
    }
    assertThat(
            lake.invalid(daily(read(delta("gone").partition(DAY).orEmpty().schema("id INT"))))
                .problems()
                .get(0)
                .message())
        .isEqualTo(
            "Cannot read 'gone' with the column 'day DATE': the declared schema has id INT.");
  }

  @Test
  void aDeclaredSchemaDoesNotRepeatThePartition() {
    for (Rows rows :
        List.of(
            read(csv("arrivals").schema("id INT, DAY DATE").partition(DAY).orEmpty()),
            read(json("arrivals").schema("id INT, day DATE").partition(DAY).orEmpty()),
            read(
                csv("arrivals")
                    .schema("id INT, at DATE")
                    .partition(DAY.last(2).as("at"))
                    .orEmpty()))) {
      Problem problem = lake.invalid(daily(rows)).problems().get(0);
      assertThat(problem.code()).isEqualTo("INVALID_SCHEMA");
      assertThat(problem.message()).contains("its value comes from their folder");
    }
  }

  @Test
  void parquetFilesWithDifferentColumnsAreNotReadTogether() {
    parquetFile("same/a", "SELECT 1 AS id, 'x' AS name");
    parquetFile("same/b", "SELECT 'y' AS name, 2 AS id");
    parquetFile("more/a", "SELECT 1 AS id");
    parquetFile("more/b", "SELECT 2 AS id, 'x' AS name");
    parquetFile("types/a", "SELECT 1 AS id");
    parquetFile("types/b", "SELECT 2L AS id");

    assertThat(lake.engine().view(read(parquet("same")), Optional.empty()).count()).isEqualTo(2);
    Problem more = lake.problem(read(parquet("more")));
    assertThat(more.code()).isEqualTo("FILE_COLUMNS_DIFFER");
    assertThat(more.place().orElseThrow()).startsWith("read (InputProblemsTest.java:");
    assertThat(more.message())
        .contains("/more/a/part-", "/more/b/part-", "only the second has column 'name'");
    assertThat(lake.problem(read(parquet("types"))).message())
        .contains("column 'id' is INT in the first and BIGINT in the second");
  }

  private static void parquetFile(String folder, String query) {
    lake.sql(query).write().parquet(lake.path(folder).toString());
  }

  @Test
  void aLinkOutOfTheLakeIsNotFollowed(@TempDir Path elsewhere) throws IOException {
    Files.createDirectory(elsewhere.resolve("folder"));
    Files.writeString(elsewhere.resolve("folder/b.txt"), "outside");
    lake.file("linked/a.txt", "inside");
    Files.createSymbolicLink(lake.path("linked/b.txt"), elsewhere.resolve("folder/b.txt"));
    Files.createSymbolicLink(lake.path("linked/c"), elsewhere.resolve("folder"));

    List<Problem> problems = lake.problems(read(text("linked")));

    assertThat(problems).extracting(Problem::code).containsOnly("LINK_ESCAPE");
    assertThat(problems)
        .extracting(Problem::message)
        .satisfiesExactlyInAnyOrder(
            file -> assertThat(file).contains("linked/b.txt'"),
            folder -> assertThat(folder).contains("linked/c'"));
  }

  @Test
  void aLinkToTheFilesOfAnotherUnitIsFound() throws IOException {
    lake.file("days/day=2026-02-28/a.txt", "one");
    Files.createDirectories(lake.path("days/day=2026-03-01"));
    Files.createSymbolicLink(
        lake.path("days/day=2026-03-01/b.txt"), lake.path("days/day=2026-02-28/a.txt"));

    Problem problem =
        lake.invalid(daily(read(text("days").partition(DAY.last(2))))).problems().get(0);

    assertThat(problem.code()).isEqualTo("LINK_REPEATS");
    assertThat(problem.message()).contains("days/day=2026-02-28/a.txt' for more than one unit");
  }

  @Test
  void aFileIsNotReadAgainThroughALink() throws IOException {
    lake.file("twice/a/one.txt", "one");
    lake.file("twice/c/two.txt", "two");
    Files.createSymbolicLink(lake.path("twice/a/above"), lake.path("twice"));
    Files.createSymbolicLink(lake.path("twice/a/beside"), lake.path("twice/c"));
    Files.createSymbolicLink(lake.path("twice/c/beside"), lake.path("twice/a"));
    Files.createSymbolicLink(lake.path("twice/0.txt"), lake.path("twice/a/one.txt"));

    List<Problem> problems = lake.problems(read(text("twice")));

    assertThat(problems).extracting(Problem::code).containsOnly("LINK_REPEATS");
    assertThat(problems.stream().map(Problem::message).map(m -> m.replaceAll("(?s)'[:].*", "'")))
        .satisfiesExactlyInAnyOrder(
            message -> assertThat(message).endsWith("twice/a/above'"),
            message -> assertThat(message).endsWith("twice/a/beside'"),
            message -> assertThat(message).endsWith("twice/c/beside'"),
            message -> assertThat(message).endsWith("twice/0.txt'"));
  }

  @Test
  void aLinkToAnotherFolderOfTheLakeIsFollowed() throws IOException {
    lake.file("elsewhere/one.txt", "one");
    Files.createDirectories(lake.path("following"));
    Files.createSymbolicLink(lake.path("following/there"), lake.path("elsewhere"));

    assertThat(lake.engine().view(read(text("following")), Optional.empty()).count()).isOne();
  }

  @Test
  void aPathThroughALinkOutOfTheLakeIsRefused(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("a.txt"), "outside");
    Files.createSymbolicLink(lake.path("escaped"), elsewhere);

    for (Rows rows :
        List.of(read(text("escaped")), read(delta("escaped")), read(parquet("escaped/below")))) {
      assertThatThrownBy(() -> lake.compile(rows.to(delta("mart/out").overwrite())))
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining("escaped")
          .hasMessageContaining("leads out of");
    }
    lake.file("plain/a.txt", "inside");
    Rows inside = read(text("plain"));
    for (Write write :
        List.of(inside.to(delta("escaped").overwrite()), inside.to(csv("escaped/x").overwrite()))) {
      assertThatThrownBy(() -> lake.compile(write))
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining("leads out of");
    }
    assertThat(elsewhere).isDirectoryContaining("glob:**a.txt");
  }

  @Test
  void parametersAreCheckedAgainstTheirDeclaration() {
    Pipeline pipeline =
        Pipeline.named("tested")
            .parameters(
                Parameter.integer("least"),
                Parameter.string("name").defaultsTo("x"),
                Parameter.date("since"))
            .writes(
                read(delta("raw/orders"))
                    .where("id >= :least AND :name = 'x' AND day >= :since AND id > :leest")
                    .to(delta("mart/out").overwrite()));
    RunRequest request =
        request(
            pipeline,
            Optional.empty(),
            Map.of(
                "least", new TypedValue(ValueType.STRING, "1"),
                "nam", new TypedValue(ValueType.STRING, "x")));

    assertThat(lake.invalid(request).problems())
        .extracting(Problem::code)
        .containsExactly(
            "PARAMETER_TYPE", "PARAMETER_MISSING", "UNKNOWN_PARAMETER", "UNKNOWN_PARAMETER");
    assertThat(lake.invalid(request).getMessage())
        .contains(
            "Cannot use a STRING for ':least': it is declared INTEGER.",
            "Cannot run without a value for ':since': it has no default.",
            "Cannot give ':nam' a value: the pipeline declares no such parameter.",
            "did you mean 'name'? Parameters: least, name, since.",
            "Cannot use ':leest'",
            "did you mean 'least'?");
  }

  @Test
  void aWindowWithoutAnIntervalIsAProblemOfItsRead() {
    for (Rows rows :
        List.of(
            read(delta("raw/orders").partition(DAY)),
            read(delta("raw/orders").partition(DAY.last(2).as("at"))),
            read(csv("arrivals/{day}").schema("id INT").partition(DAY)))) {
      Problem ofRun = lake.problem(rows.select("id"));
      assertThat(ofRun.code()).isEqualTo("NO_INTERVAL");
      InvalidPipelineException ofView =
          catchThrowableOfType(
              InvalidPipelineException.class, () -> lake.engine().view(rows, Optional.empty()));
      assertThat(ofView.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.code()).isEqualTo("NO_INTERVAL");
                assertThat(problem.fix()).contains("on(\"2026-03-01\")");
              });
    }
  }

  @Test
  void placeholdersWithoutAValueAreAProblem() {
    assertThat(lake.problem(read(csv("arrivals/{day}").schema("id INT"))).code())
        .isEqualTo("PLACEHOLDERS");
    assertThat(
            lake.invalid(
                    read(delta("raw/orders")).to(delta("mart/{day}").overwrite()),
                    read(delta("raw/orders")).to(csv("export/{day}").overwrite(DAY)))
                .problems())
        .extracting(Problem::code)
        .containsExactly("PLACEHOLDERS", "PLACEHOLDERS");
  }

  @Test
  void theIntervalNeedsAPartition() {
    Problem problem = lake.problem(read(delta("raw/orders")).where("day >= :from"));

    assertThat(problem.code()).isEqualTo("UNKNOWN_PARAMETER");
    assertThat(problem.message())
        .isEqualTo(
            "Cannot use ':from': this pipeline has no partition, so its runs have no interval.");
  }

  private static Write daily(Rows rows) {
    return rows.to(delta("mart/daily").overwrite(DAY));
  }

  /** A column of a source is never replaced by the one that a partition or a window adds. */
  @Test
  void aColumnOfTheSourceIsNotReplacedByTheOneOfItsUnit() {
    lake.sql("SELECT 1 AS v, 'x' AS Day")
        .write()
        .parquet(lake.path("own/pq/2026-03-01").toString());
    lake.file("own/text/2026-03-01/a.txt", "a line\n");
    lake.table("own/table", "SELECT DATE'2026-03-01' AS day, 1 AS v", "day");
    Map<Rows, String> sources =
        Map.of(
            read(parquet("own/pq/{day}").partition(DAY)), "Day",
            read(text("own/text/{value}").partition(Partition.daily("value"))), "value",
            read(delta("own/table").partition(DAY.last(1).as("V"))), "v");

    sources.forEach(
        (rows, own) -> {
          List<Problem> problems =
              lake.invalid(rows.to(delta("mart/out").overwrite(DAY))).problems();
          assertThat(problems)
              .filteredOn(problem -> problem.code().equals("DUPLICATE_COLUMN"))
              .singleElement()
              .satisfies(
                  problem ->
                      assertThat(problem.message())
                          .contains("a column '" + own + "' of their own"));
        });
  }

  /** Only the log says which of these files are committed. */
  @ParameterizedTest
  @ValueSource(strings = {"_spark_metadata/0", ".hoodie/hoodie.properties"})
  void tablesOfOtherFormatsAreNotReadAsFiles(String log) {
    String folder = "streams-" + log.substring(1, 4) + "/orders";
    lake.file(folder + "/" + log, "v1\n");
    lake.file(folder + "/day=2026-03-01/a.txt", "a line\n");

    assertThat(lake.problem(read(text("streams-" + log.substring(1, 4)))).code())
        .isEqualTo("INPUT_HOLDS_OUTPUT");
    for (String within : List.of(folder, folder + "/day=2026-03-01")) {
      assertThat(lake.problem(read(text(within))).code()).isEqualTo("INPUT_IN_OUTPUT");
    }
    assertThat(
            lake.invalid(read(text(folder).partition(DAY)).to(delta("mart/out").overwrite(DAY)))
                .problems())
        .extracting(Problem::code)
        .contains("INPUT_IN_OUTPUT");
  }
}
