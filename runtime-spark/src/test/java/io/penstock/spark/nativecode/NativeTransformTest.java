package io.penstock.spark.nativecode;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.penstock.dsl.Rows;
import io.penstock.engine.RunPlan;
import io.penstock.foreign.OwnExpression;
import io.penstock.foreign.OwnRows;
import io.penstock.foreign.OwnStep;
import io.penstock.plan.Problem;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Native code describes its rows out of those that it is given, and alters nothing meanwhile. */
@Tag("spark")
final class NativeTransformTest {
  /** Static, as a function that Spark copies counts by it. */
  private static final AtomicInteger CALLS = new AtomicInteger();

  @TempDir private static Path directory;
  private static EngineLake lake;
  private static String outside;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory.resolve("lake"));
    lake.table("raw/rows", "SELECT id, CAST(id AS STRING) AS name FROM range(3)");
    outside = directory.resolve("outside").toString();
    lake.spark().range(3).toDF("x").write().format("delta").save(outside);
  }

  private static Problem problem(SparkTransform transform) {
    return lake.problem(read(delta("raw/rows")).transform("tried", transform));
  }

  static Stream<SparkTransform> commands() {
    return Stream.of(
        frame -> frame.sparkSession().sql("DELETE FROM delta.`" + outside + "`"),
        frame ->
            frame.sparkSession().sql("EXECUTE IMMEDIATE 'DELETE FROM delta.`" + outside + "`'"),
        frame -> frame.sparkSession().newSession().sql("DELETE FROM delta.`" + outside + "`"),
        frame -> SparkSession.active().sql("DELETE FROM delta.`" + outside + "`"),
        frame -> lake.spark().newSession().sql("DELETE FROM delta.`" + outside + "`"),
        frame -> {
          DeltaTable.forPath(frame.sparkSession(), outside).delete("x = 1");
          return frame;
        },
        frame -> {
          DeltaTable.forPath(frame.sparkSession(), outside).updateExpr(Map.of("x", "x + 1"));
          return frame;
        },
        frame -> {
          DeltaTable.forPath(frame.sparkSession(), outside)
              .as("t")
              .merge(frame.as("s").toDF(), "t.x = s.id")
              .whenMatched()
              .delete()
              .execute();
          return frame;
        },
        frame -> {
          frame.write().format("delta").mode("append").save(outside);
          return frame;
        },
        frame -> {
          frame.write().mode("overwrite").csv(outside + "/csv");
          return frame;
        },
        frame -> {
          frame.write().saveAsTable("made_by_a_transform");
          return frame;
        },
        frame -> {
          try {
            frame.writeTo("delta.`" + outside + "`").append();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return frame;
        },
        frame -> {
          try {
            frame.createOrReplaceTempView("seen_by_all");
          } catch (RuntimeException e) {
            // A refusal that is swallowed is still one.
          }
          return frame;
        },
        frame -> {
          frame.sparkSession().sql("SET spark.sql.session.timeZone=Asia/Seoul");
          return frame;
        },
        frame -> {
          frame.sparkSession().sql("BEGIN DELETE FROM delta.`" + outside + "`; SELECT 1; END");
          return frame;
        },
        frame -> {
          frame.sparkSession().sql("DECLARE v INT DEFAULT 1");
          return frame;
        });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsRefusedAndNotExecuted(SparkTransform transform) {
    long version = versionOutside();

    assertThat(problem(transform).code()).isEqualTo("EAGER_COMMAND");

    assertThat(versionOutside()).isEqualTo(version);
    assertThat(lake.spark().catalog().tableExists("seen_by_all")).isFalse();
    assertThat(lake.spark().catalog().tableExists("made_by_a_transform")).isFalse();
    assertThat(lake.spark().conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(Path.of(outside, "csv")).doesNotExist();
  }

  private static long versionOutside() {
    return lake.spark().sql("DESCRIBE HISTORY delta.`" + outside + "` LIMIT 1").head().getLong(0);
  }

  static Stream<SparkTransform> changesOfSettings() {
    return Stream.of(
        frame -> {
          frame.sparkSession().conf().set("spark.sql.session.timeZone", "Asia/Seoul");
          return frame;
        },
        frame -> {
          lake.spark().conf().set("spark.sql.ansi.enabled", "false");
          return frame;
        },
        frame -> {
          frame.sparkSession().sparkContext().hadoopConfiguration().set("fs.defaultFS", "x:///");
          return frame;
        },
        frame -> {
          frame.sparkSession().sparkContext().setLocalProperty("spark.scheduler.pool", "other");
          return frame;
        },
        frame -> {
          frame.sparkSession().sparkContext().clearJobGroup();
          return frame.limit((int) frame.count());
        });
  }

  @ParameterizedTest
  @MethodSource("changesOfSettings")
  void aChangeOfSettingsIsRefusedAndTakenBack(SparkTransform transform) {
    assertThat(problem(transform).code()).isEqualTo("SETTING_CHANGED");

    assertThat(lake.spark().conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(lake.spark().conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
    assertThat(lake.spark().sparkContext().hadoopConfiguration().get("fs.defaultFS"))
        .isNotEqualTo("x:///");
    assertThat(lake.spark().sparkContext().getLocalProperty("spark.scheduler.pool")).isNull();
  }

  /** Rows that nobody declared, and the code by which they are refused. */
  record Foreign(String name, String code, SparkTransform transform) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Foreign> foreignRows() {
    return Stream.of(
        new Foreign(
            "a table that is joined",
            "UNDECLARED_INPUT",
            frame -> frame.crossJoin(frame.sparkSession().read().format("delta").load(outside))),
        new Foreign(
            "an older version of a table",
            "UNDECLARED_INPUT",
            frame ->
                frame.sparkSession().sql("SELECT * FROM delta.`" + outside + "` VERSION AS OF 0")),
        new Foreign(
            "a table in a subquery",
            "UNDECLARED_INPUT",
            frame -> frame.where("id IN (SELECT x FROM delta.`" + outside + "`)")),
        new Foreign(
            "a table of another API",
            "UNDECLARED_INPUT",
            frame -> DeltaTable.forPath(frame.sparkSession(), outside).toDF()),
        new Foreign(
            "files whose columns Spark looks up",
            "EAGER_ACTION",
            frame -> frame.sparkSession().read().parquet(outside)),
        new Foreign(
            "files whose columns are given",
            "UNDECLARED_INPUT",
            frame -> frame.sparkSession().read().schema("x BIGINT").parquet(outside)),
        new Foreign(
            "a view of a table",
            "UNDECLARED_INPUT",
            frame -> frame.sparkSession().table("seen_before")),
        new Foreign(
            "a view of values",
            "UNDECLARED_INPUT",
            frame -> frame.sparkSession().table("values_only")),
        new Foreign(
            "the step's own rows as an RDD",
            "UNDECLARED_INPUT",
            frame ->
                frame
                    .sparkSession()
                    .createDataFrame(frame.javaRDD().map(row -> row), frame.schema())),
        new Foreign(
            "an RDD of values",
            "UNDECLARED_INPUT",
            frame ->
                frame
                    .sparkSession()
                    .createDataFrame(
                        context(frame).parallelize(List.of(RowFactory.create(7L, "x"))),
                        frame.schema())),
        new Foreign(
            "an RDD of a file's lines",
            "UNDECLARED_INPUT",
            frame ->
                frame
                    .sparkSession()
                    .createDataFrame(
                        context(frame).textFile(outside).map(line -> RowFactory.create(7L, line)),
                        frame.schema())),
        new Foreign(
            "a dataset of an RDD",
            "UNDECLARED_INPUT",
            frame ->
                frame
                    .sparkSession()
                    .createDataset(context(frame).parallelize(List.of(7L)).rdd(), Encoders.LONG())
                    .toDF("id")),
        new Foreign(
            "a stream",
            "UNDECLARED_INPUT",
            frame -> frame.sparkSession().readStream().format("rate").load()),
        new Foreign(
            "rows of a plan of the user's own",
            "UNDECLARED_INPUT",
            frame -> planned(frame, new OwnRows(analysed(frame).output()))));
  }

  @ParameterizedTest
  @MethodSource("foreignRows")
  void rowsThatWereNotDeclaredAreRefused(Foreign foreign) {
    lake.spark().sql("SELECT 1 AS x").createOrReplaceTempView("values_only");
    lake.spark().read().format("delta").load(outside).createOrReplaceTempView("seen_before");

    Problem problem = problem(foreign.transform());

    assertThat(problem.code()).as(problem.message()).isEqualTo(foreign.code());
    assertThat(problem.place().orElseThrow()).startsWith("transform");
  }

  /** Steps and expressions that may do with the rows of the step what nobody knows. */
  static Stream<Foreign> unknownParts() {
    return Stream.of(
        new Foreign(
            "OwnStep", "UNSUPPORTED_STEP", frame -> planned(frame, new OwnStep(analysed(frame)))),
        new Foreign(
            "own_expression",
            "UNSUPPORTED_STEP",
            frame -> frame.withColumn("name", own(frame.select("name")))),
        new Foreign(
            "own_expression",
            "UNSUPPORTED_STEP",
            frame -> frame.where(own(frame.select("name")).equalTo("1"))));
  }

  @ParameterizedTest
  @MethodSource("unknownParts")
  void aPartOfAPlanThatIsNotKnownIsRefused(Foreign part) {
    Problem problem = problem(part.transform());

    assertThat(problem.code()).as(problem.message()).isEqualTo(part.code());
    assertThat(problem.message()).contains("Cannot use", part.name());
    assertThat(problem.place().orElseThrow()).startsWith("transform");
  }

  /** Metrics are told to those who listen; a watermark is for streams, and Spark leaves it out. */
  static Stream<SparkTransform> stepsThatAlterNothing() {
    return Stream.of(
        frame -> frame.observe("seen", functions.count(functions.lit(1)).as("rows")),
        frame ->
            frame
                .withColumn("at", functions.timestamp_seconds(functions.col("id")))
                .withWatermark("at", "1 minute")
                .drop("at"));
  }

  @ParameterizedTest
  @MethodSource("stepsThatAlterNothing")
  void rowsThatAreObservedAreHandedOnAsTheyAre(SparkTransform observing) {
    lake.succeed(rows.transform("observed", observing).to(delta("mart/observed").overwrite()));

    assertSameRows(lake.rows("raw/rows"), lake.rows("mart/observed"));
  }

  private static JavaSparkContext context(Dataset<Row> frame) {
    return JavaSparkContext.fromSparkContext(frame.sparkSession().sparkContext());
  }

  private static LogicalPlan analysed(Dataset<Row> frame) {
    return frame.queryExecution().analyzed();
  }

  private static Dataset<Row> planned(Dataset<Row> frame, LogicalPlan plan) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) frame.sparkSession(), plan);
  }

  /** The frame's only column, handed on by an expression that is none of Spark's. */
  private static Column own(Dataset<Row> frame) {
    return ExpressionUtils.column(new OwnExpression(analysed(frame).output().head()));
  }

  @Test
  void valuesAndRowsOfTheStepAreNotForeign() {
    SparkTransform transform =
        frame -> {
          SparkSession session = frame.sparkSession();
          Dataset<Row> names =
              session.createDataFrame(
                  List.of(RowFactory.create(1L, "one")),
                  new StructType().add("id", "long").add("spoken", "string"));
          return frame
              .join(names, "id")
              .union(frame.as("a").join(frame.as("b"), "id").selectExpr("id", "a.name", "b.name"))
              .crossJoin(session.range(2).toDF("n"));
        };

    RunPlan plan =
        lake.compile(rows.transform("named", transform).to(delta("mart/out").overwrite())).plan();

    assertThat(plan.doubts()).noneMatch(doubt -> doubt.what().contains("not checked"));
  }

  @Test
  void nothingOfTheUserIsComputedBeforeTheRun() {
    CALLS.set(0);
    UDF1<Long, Long> counting = id -> id + CALLS.incrementAndGet();
    SparkTransform constants =
        frame ->
            frame
                .sparkSession()
                .createDataset(List.of(1L, 2L), Encoders.LONG())
                .select(
                    functions
                        .udf(counting, DataTypes.LongType)
                        .apply(functions.col("value"))
                        .as("id"));

    lake.compile(
        rows.transform("constants", constants)
            .expect(unique("id"))
            .to(delta("mart/constants").overwrite()));

    assertThat(CALLS).hasValue(0);
  }

  @Test
  void functionsOfTheUserAreNamedInThePlanAsNotChecked() {
    SparkTransform scored =
        frame -> {
          UDF1<Long, Long> twice = x -> x * 2;
          frame.sparkSession().udf().register("twice", twice, DataTypes.LongType);
          UDF1<Long, Long> next = x -> x + 1;
          FilterFunction<Row> few = row -> row.getLong(0) < 9;
          MapPartitionsFunction<Long, Long> asTheyAre = values -> values;
          return frame
              .filter(few)
              .selectExpr("twice(id) AS id")
              .withColumn("id", functions.udf(next, DataTypes.LongType).apply(functions.col("id")))
              .as(Encoders.LONG())
              .mapPartitions(asTheyAre, Encoders.LONG())
              .toDF("id");
        };
    Rows transformed = rows.transform("scored", scored);

    RunPlan plan =
        lake.compile(
                transformed
                    .as("a")
                    .join(transformed.as("b"))
                    .using("id")
                    .to(delta("mart/scored").overwrite()))
            .plan();

    assertThat(plan.doubts())
        .filteredOn(doubt -> doubt.what().contains("not checked"))
        .allMatch(doubt -> doubt.place().startsWith("transform (NativeTransformTest.java:"))
        .extracting(RunPlan.Doubt::what)
        .containsExactlyInAnyOrder(
            "UDF 'twice' is native code, which is not checked",
            "a UDF is native code, which is not checked",
            "the function of mappartitions is native code, which is not checked",
            "the function of typedfilter is native code, which is not checked");
    assertThat(lake.spark().catalog().functionExists("twice")).isFalse();
  }
}
