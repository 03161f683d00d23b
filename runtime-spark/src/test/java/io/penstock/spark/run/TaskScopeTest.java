package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A task computes what it would compute alone in its process. */
@Tag("spark")
final class TaskScopeTest {
  private static final String ZONE = "spark.sql.session.timeZone";

  /** Static, as Spark copies the function that makes it. */
  private static Change made;

  @TempDir private Path root;
  private EngineLake lake;

  @BeforeEach
  void aTable() {
    lake = new EngineLake(root);
    lake.table("raw/t", "SELECT 1 AS id");
  }

  private static Rows rows() {
    return read(delta("raw/t"));
  }

  /** Rows through code that does something to its process when it is compiled. */
  private static Rows changing(Consumer<SparkSession> change) {
    return rows()
        .transform(
            "change",
            SparkTransform.of(
                frame -> {
                  change.accept(frame.sparkSession());
                  return frame;
                }));
  }

  private void assertThatTheNextTaskComputesInUtc() {
    lake.succeed(
        rows()
            .select("hour(TIMESTAMP'2026-03-01T20:00:00Z') AS h", "upper('i') AS i")
            .to(delta("mart/after").overwrite()));
    Row row = lake.rows("mart/after").head();
    assertThat(row.getInt(0)).isEqualTo(20);
    assertThat(row.getString(1)).isEqualTo("I");
  }

  @Test
  void aZoneThatATransformSetsIsRefusedAndDoesNotReachTheNextTask() {
    Problem problem = lake.problem(changing(session -> session.conf().set(ZONE, "Asia/Seoul")));

    assertThat(problem.code()).isEqualTo("SETTING_CHANGED");
    assertThat(problem.message()).contains(ZONE);
    assertThat(problem.place().orElseThrow()).startsWith("transform (TaskScopeTest.java:");
    assertThatTheNextTaskComputesInUtc();
  }

  /** A program that embeds the engine may have had its session, and its settings, before. */
  @ParameterizedTest
  @CsvSource({
    "spark.sql.legacy.timeParserPolicy, LEGACY",
    "spark.sql.mapKeyDedupPolicy, LAST_WIN",
    "spark.sql.files.ignoreCorruptFiles, true"
  })
  void whatTheSessionOfTheProgramAroundItHoldsIsHeldToTheSameList(String key, String value) {
    SparkSession session = lake.spark();
    session.conf().set(key, value);
    try {
      assertThatThrownBy(() -> lake.compile(rows().to(delta("mart/out").overwrite())))
          .isInstanceOfSatisfying(
              RunFailedException.class,
              e -> {
                assertThat(e.failure().code()).isEqualTo("SETTING_NOT_ALLOWED");
                assertThat(e.failure().message()).contains(key + "=" + value);
              });
    } finally {
      session.conf().unset(key);
    }
    assertThatTheNextTaskComputesInUtc();
  }

  @Test
  void aFunctionOfATransformIsUnknownToTheNextTask() {
    lake.compile(
        rows()
            .transform(
                "define",
                SparkTransform.of(
                    frame -> {
                      frame
                          .sparkSession()
                          .udf()
                          .register(
                              "twice", (UDF1<Integer, Integer>) n -> 2 * n, DataTypes.IntegerType);
                      return frame;
                    }))
            .to(delta("mart/out").overwrite()));

    assertThat(lake.problem(rows().select("twice(id) AS n")).code()).isEqualTo("UNKNOWN_FUNCTION");
  }

  private record Change(String named, Consumer<SparkSession> made) {
    @Override
    public String toString() {
      return named;
    }
  }

  /** What holds for a whole process, each with what its message names. */
  static Stream<Change> changesOfTheProcess() {
    return Stream.of(
        new Change("locale", session -> Locale.setDefault(Locale.forLanguageTag("tr-TR"))),
        new Change(
            "locale",
            session -> Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"))),
        new Change("time zone", session -> TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"))),
        new Change("HADOOP_USER_NAME", session -> System.setProperty("HADOOP_USER_NAME", "you")),
        new Change("user.language", session -> System.setProperty("user.language", "ar")),
        new Change("spark.sql.planted", session -> System.setProperty("spark.sql.planted", "1")),
        new Change(
            "fs.planted",
            session -> session.sparkContext().hadoopConfiguration().set("fs.planted", "1")),
        new Change(
            "spark.sql.ansi.enabled",
            session ->
                SparkSession.getDefaultSession()
                    .get()
                    .conf()
                    .set("spark.sql.ansi.enabled", "false")),
        new Change(
            "spark.sql.legacy.timeParserPolicy",
            session ->
                SparkSession.getDefaultSession()
                    .get()
                    .conf()
                    .set("spark.sql.legacy.timeParserPolicy", "LEGACY")));
  }

  @ParameterizedTest
  @MethodSource("changesOfTheProcess")
  void whatATransformChangesForTheWholeProcessIsRefusedAndAsBefore(Change change) {
    SharedState before = state();

    Problem problem = lake.problem(changing(change.made()));

    assertThat(problem.code()).isEqualTo("SETTING_CHANGED");
    assertThat(problem.message()).contains(change.named());
    assertThat(before.changes()).isEmpty();
    assertThatTheNextTaskComputesInUtc();
  }

  @Test
  void whatIsChangedWhileRowsAreComputedIsRefusedBeforeAnythingIsPublished() {
    SharedState before = state();

    RunReport report =
        lake.run(
            rows()
                .transform("change", SparkTransform.of(TaskScopeTest::changingWhileItComputes))
                .to(delta("mart/out").overwrite()));

    Failure failure = report.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.message()).contains("the default locale (tr-TR, before ");
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    assertThat(before.changes()).isEmpty();
  }

  private static Dataset<Row> changingWhileItComputes(Dataset<Row> frame) {
    return frame.filter(
        (FilterFunction<Row>)
            row -> {
              Locale.setDefault(Locale.forLanguageTag("tr-TR"));
              return true;
            });
  }

  /** Of the changes, those that a unit computes by, and the zone of the session. */
  static Stream<Change> changesOfOneUnit() {
    return Stream.concat(
        changesOfTheProcess(),
        Stream.of(
            new Change(ZONE, session -> session.conf().set(ZONE, "Asia/Seoul")),
            new Change(
                "spark.sql.ansi.enabled",
                session -> session.conf().set("spark.sql.ansi.enabled", "false"))));
  }

  /** A backfill runs a pipeline for one unit after the other, in one process. */
  @ParameterizedTest
  @MethodSource("changesOfOneUnit")
  void whatIsChangedForTheFirstUnitOfABackfillIsRefusedThereAndAsBeforeInTheOthers(Change change) {
    threeDays();
    AtomicInteger compiled = new AtomicInteger();
    Write write =
        days(frame -> {
              if (compiled.incrementAndGet() == 1) {
                change.made().accept(frame.sparkSession());
              }
              return frame;
            })
            .to(delta("mart/spoken").overwrite(DAY));

    InvalidPipelineException refused =
        lake.invalid(request(pipeline(write), Optional.of(march(1)), Map.of()));

    assertThat(refused.problems()).extracting(Problem::code).containsExactly("SETTING_CHANGED");
    assertThatTheOtherUnitsComputeAsBefore(write);
  }

  @ParameterizedTest
  @MethodSource("changesWhileRowsAreComputed")
  void whatTheRowsOfTheFirstUnitChangeIsRefusedThereAndAsBeforeInTheOthers(Change change) {
    threeDays();
    made = change;
    Write write =
        days(frame -> frame.filter((FilterFunction<Row>) TaskScopeTest::changingOnTheFirst))
            .to(delta("mart/spoken").overwrite(DAY));

    RunReport report = lake.run(march(1), write);

    assertThat(report.failure().map(Failure::code)).contains("SETTING_CHANGED");
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    assertThatTheOtherUnitsComputeAsBefore(write);
  }

  /** What a function does that has no session at hand. */
  static Stream<Change> changesWhileRowsAreComputed() {
    return changesOfTheProcess().filter(change -> !change.named().startsWith("fs."));
  }

  private static boolean changingOnTheFirst(Row row) {
    if (String.valueOf(row.get(0)).equals("2026-03-01")) {
      made.made().accept(null);
    }
    return true;
  }

  private void threeDays() {
    lake.table(
        "raw/days",
        "SELECT day, TIMESTAMP'2026-03-01T20:00:00Z' AS at FROM VALUES (DATE'2026-03-01'),"
            + " (DATE'2026-03-02'), (DATE'2026-03-03') AS t(day)",
        "day");
  }

  /** What the process says by default. */
  private static String spoken(int number) {
    Locale locale = Locale.getDefault();
    return String.format(locale, "%s %s %,d", TimeZone.getDefault().getID(), locale, number);
  }

  /** Rows that speak of the settings by which they were computed. */
  private static Rows days(SparkTransform change) {
    UDF1<Integer, String> ofTheProcess = TaskScopeTest::spoken;
    return read(delta("raw/days").partition(DAY))
        .select("day", "at")
        .transform("change", change)
        .transform(
            "speak",
            SparkTransform.of(
                frame ->
                    frame.select(
                        frame.col("day"),
                        functions.date_format(frame.col("at"), "HH:mm").as("clock"),
                        functions
                            .udf(ofTheProcess, DataTypes.StringType)
                            .apply(functions.lit(1234))
                            .as("process"))));
  }

  private void assertThatTheOtherUnitsComputeAsBefore(Write write) {
    String process = spoken(1234);
    assertThat(lake.path("mart/spoken/_delta_log")).doesNotExist();
    for (int day = 2; day <= 3; day++) {
      lake.succeed(request(pipeline(write), Optional.of(march(day)), Map.of()));
    }
    assertSameRows(
        lake.sql(
            "SELECT day, '20:00' AS clock, '"
                + process
                + "' AS process FROM VALUES (DATE'2026-03-02'), (DATE'2026-03-03') AS t(day)"),
        lake.rows("mart/spoken"));
  }

  @Test
  void whatATransformSetsOnItsThreadEndsWithItsTask() {
    lake.spark().sparkContext().setLocalProperty("spark.scheduler.pool", "before");
    SparkSession active = SparkSession.active();

    lake.problem(
        changing(
            session -> session.sparkContext().setLocalProperty("spark.scheduler.pool", "planted")));

    assertThat(lake.spark().sparkContext().getLocalProperty("spark.scheduler.pool"))
        .isEqualTo("before");
    assertThat(SparkSession.active()).isSameAs(active);
    lake.spark().sparkContext().setLocalProperty("spark.scheduler.pool", null);
  }

  @Test
  void rowsThatATransformCachesAreReadAnewByTheNextTask() {
    lake.sql("SELECT 1 AS id").write().parquet(lake.path("arrivals/files").toString());
    Rows files = read(parquet("arrivals/files"));
    lake.succeed(
        files
            .transform("cache", SparkTransform.of(Dataset::cache))
            .to(delta("mart/cached").overwrite()));

    lake.sql("SELECT 2 AS id")
        .write()
        .mode("append")
        .parquet(lake.path("arrivals/files").toString());
    lake.succeed(files.to(delta("mart/read").overwrite()));

    assertThat(lake.rows("mart/read").count()).isEqualTo(2);
  }

  @Test
  void aQueryOfTheNextTaskDoesNotSeeAView() {
    lake.problem(
        changing(
            session ->
                session
                    .range(1)
                    .select(functions.lit(1).as("id"))
                    .createOrReplaceTempView("planted")));

    assertThat(lake.problem(sql("SELECT id FROM planted").from("t", rows())).code())
        .isIn("UNKNOWN_TABLE", "TABLE_OR_VIEW_NOT_FOUND");
  }

  private SharedState state() {
    return new SharedState(
        (org.apache.spark.sql.classic.SparkSession) lake.spark(),
        (key, value) ->
            key.startsWith("spark.sql.legacy.") || key.equals("spark.sql.ansi.enabled"));
  }
}
